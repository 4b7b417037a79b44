#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Echo server: sends every byte back, in order, until the client ends its stream. One thread per
client, so that nobody waits for anybody.

    server.py HOST PORT"""
import socket
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


def listen(host, port):
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, kind, protocol)
    # Old connections may linger on the port for a minute; we may use it all the same.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen()
    return listener


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    listener = listen(sys.argv[1], sys.argv[2])
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main()
