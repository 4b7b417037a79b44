#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Chat server: every line from a client goes to all other clients. One thread that asks a selector where something
can be done, so that nobody waits for anybody.

    server.py HOST PORT"""
import selectors
import socket
import sys

MOST_UNSENT = 1 << 20

selector = selectors.DefaultSelector()
clients = {}  # socket: Client


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.line = b""  # what it has sent of a line whose end has not come
        self.unsent = b""  # lines of others that it has not taken yet

    def watch(self):
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.unsent else 0)
        selector.modify(self.connection, events)


def accept(listener):
    connection, _ = listener.accept()
    connection.setblocking(False)
    clients[connection] = Client(connection)
    selector.register(connection, selectors.EVENT_READ)


def drop(client):
    selector.unregister(client.connection)
    del clients[client.connection]
    client.connection.close()


def say(speaker, lines):
    for other in clients.values():
        # One that does not read must not cost memory without an end: it misses the lines.
        if other is not speaker and len(other.unsent) + len(lines) <= MOST_UNSENT:
            other.unsent += lines
            other.watch()


def hear(client):
    data = client.connection.recv(65536)
    if not data:
        drop(client)
        return
    lines, end, client.line = (client.line + data).rpartition(b"\n")
    if end:
        say(client, lines + end)


def send_some(client):
    client.unsent = client.unsent[client.connection.send(client.unsent):]
    client.watch()


def listen(host, port):
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.socket(family, kind, protocol)
    # Old connections may linger on the port for a minute; we may use it all the same.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen(100)
    return listener


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    listener = listen(sys.argv[1], sys.argv[2])
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
            if key.fileobj is listener:
                accept(listener)
                continue
            client = clients.get(key.fileobj)
            try:
                if client and events & selectors.EVENT_WRITE and client.unsent:
                    send_some(client)
                if client and events & selectors.EVENT_READ:
                    hear(client)
            except BlockingIOError:
                pass
            except OSError:
                drop(client)  # it is gone


if __name__ == "__main__":
    main()
