#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Echo server over a local socket: sends every byte back, in order, until the client ends its stream. One
thread per client, so that nobody waits for anybody.

    server.py PATH"""
import os
import socket
import stat
import sys
import threading


def serve(client):
    with client:
        try:
            while True:
                data = client.recv(4096)
                if not data:
                    break  # the client has ended its stream
                client.sendall(data)
        except OSError:
            pass  # the client is gone


def listen(path):
    # bind() makes the file, and nobody removes it when the program ends: an old one is in the way.
    try:
        if stat.S_ISSOCK(os.lstat(path).st_mode):
            os.unlink(path)
    except FileNotFoundError:
        pass
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen()
    return listener


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PATH")
    listener = listen(sys.argv[1])
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main()
