#!/usr/bin/env python3
import selectors
import socket
import sys


def serve(sock):
    """False when the client has gone."""
    try:
        data = sock.recv(65536)
        if data:
            sock.send(data)
        return bool(data)
    except BlockingIOError:
        return True
    except OSError:
        return False


def main(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=128)
    listener.setblocking(False)
    loop = selectors.DefaultSelector()
    loop.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in loop.select():
            sock = key.fileobj
            if sock is listener:
                client, _ = listener.accept()
                client.setblocking(False)
                loop.register(client, selectors.EVENT_READ)
            elif not serve(sock):
                loop.unregister(sock)
                sock.close()


main(sys.argv[1], int(sys.argv[2]))
