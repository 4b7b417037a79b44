#!/usr/bin/env python3
import selectors
import socket
import sys


class Peer:
    def __init__(self, sock):
        self.sock = sock
        self.queue = b""
        self.sent = 0
        self.ended = False


def pump(peer):
    """Sends what is queued; True when the peer is done with."""
    if peer.queue:
        try:
            peer.sent += peer.sock.send(peer.queue)
            if peer.sent >= len(peer.queue):
                peer.queue, peer.sent = b"", 0
        except BlockingIOError:
            pass
        except OSError:
            return True
    return peer.ended and not peer.queue


def take(peer):
    try:
        data = peer.sock.recv(16384)
    except BlockingIOError:
        return False
    except OSError:
        return True
    peer.queue += data
    peer.ended = not data
    return False


def main(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=64)
    listener.setblocking(False)
    loop = selectors.DefaultSelector()
    loop.register(listener, selectors.EVENT_READ, None)
    while True:
        for key, events in loop.select():
            peer = key.data
            if peer is None:
                sock, _ = listener.accept()
                sock.setblocking(False)
                loop.register(sock, selectors.EVENT_READ, Peer(sock))
                continue
            over = events & selectors.EVENT_READ and take(peer)
            if over or pump(peer):
                loop.unregister(peer.sock)
                peer.sock.close()
                continue
            wanted = 0 if peer.ended or peer.queue else selectors.EVENT_READ
            loop.modify(peer.sock, wanted | (selectors.EVENT_WRITE if peer.queue else 0), peer)


main(sys.argv[1], int(sys.argv[2]))
