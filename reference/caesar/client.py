#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Caesar client: sends MODE, SHIFT and TEXT as one request, prints the answer with its dot.

    client.py HOST PORT MODE SHIFT TEXT"""
import os
import socket
import sys


def receive_until(server, mark):
    data = b""
    while mark not in data:
        more = server.recv(4096)
        if not more:
            sys.exit("the server closed the connection before the dot")
        data += more
    return data[:data.index(mark) + len(mark)]


def main():
    if len(sys.argv) != 6 or len(sys.argv[3]) != 1 or len(sys.argv[4]) != 2:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT e|d SHIFT TEXT")
    mode, shift, text = (os.fsencode(word) for word in sys.argv[3:])
    try:
        with socket.create_connection((sys.argv[1], sys.argv[2])) as server:
            server.sendall(mode + shift + text + b".")
            answer = receive_until(server, b".")
    except OSError as error:
        sys.exit(f"{sys.argv[0]}: {error}")
    sys.stdout.buffer.write(answer + b"\n")


if __name__ == "__main__":
    main()
