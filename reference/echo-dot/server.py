#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Echo of one sentence: reads up to the first '.', sends the sentence back with its dot, closes.

    server.py HOST PORT"""
import socket
import sys


def receive_until(client, mark):
    """What comes up to and including `mark`; None where the stream ends before it."""
    data = b""
    while mark not in data:
        more = client.recv(4096)
        if not more:
            return None
        data += more
    return data[:data.index(mark) + len(mark)]


def close_in_order(client):
    """Waits a moment for the client to end its stream: a close() with bytes still unread would reset
    the connection, and an answer that is still on its way might be lost."""
    client.shutdown(socket.SHUT_WR)
    client.settimeout(1)
    while client.recv(4096):
        pass


def serve(client):
    with client:
        try:
            sentence = receive_until(client, b".")
            if sentence is not None:
                client.sendall(sentence)
                close_in_order(client)
        except OSError:
            pass  # the client is gone, or does not end its stream


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
        serve(client)


if __name__ == "__main__":
    main()
