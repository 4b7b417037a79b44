#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Client of the echo of one sentence: sends it, reads up to the '.', prints the answer.

    client.py HOST PORT MESSAGE"""
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
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT MESSAGE")
    try:
        with socket.create_connection((sys.argv[1], sys.argv[2])) as server:
            server.sendall(os.fsencode(sys.argv[3]))
            answer = receive_until(server, b".")
    except OSError as error:
        sys.exit(f"{sys.argv[0]}: {error}")
    sys.stdout.buffer.write(answer + b"\n")


if __name__ == "__main__":
    main()
