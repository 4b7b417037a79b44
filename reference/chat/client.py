#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Chat client: what is typed goes to the server, what others say is printed, both at once. A thread waits for the
server; whichever ends first ends the program.

    client.py HOST PORT"""
import os
import socket
import sys
import threading


def print_others(server):
    try:
        while data := server.recv(4096):
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
    except OSError as error:
        print(f"{sys.argv[0]}: {error}", file=sys.stderr)
    os._exit(0)  # the other thread waits for the keyboard, and nothing can wake it


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    try:
        server = socket.create_connection((sys.argv[1], sys.argv[2]))
    except OSError as error:
        sys.exit(f"{sys.argv[0]}: {error}")
    threading.Thread(target=print_others, args=(server,), daemon=True).start()
    for line in sys.stdin.buffer:
        server.sendall(line)
    server.close()


if __name__ == "__main__":
    main()
