#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Echo client over a local socket: sends a message, reads as many bytes back, prints them.

    client.py PATH MESSAGE"""
import os
import socket
import sys


def receive_exactly(server, length):
    data = b""
    while len(data) < length:
        more = server.recv(length - len(data))
        if not more:
            sys.exit("the server closed the connection before the echo was whole")
        data += more
    return data


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} PATH MESSAGE")
    message = os.fsencode(sys.argv[2])
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            server.connect(sys.argv[1])
            server.sendall(message)
            echo = receive_exactly(server, len(message))
    except OSError as error:
        sys.exit(f"{sys.argv[0]}: {error}")
    sys.stdout.buffer.write(echo + b"\n")


if __name__ == "__main__":
    main()
