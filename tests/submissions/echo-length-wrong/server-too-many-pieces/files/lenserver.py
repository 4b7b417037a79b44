#!/usr/bin/env python3
"""Length-prefixed echo.  usage: lenserver.py HOST PORT

All frames that one recv() completed are answered with one gathered write,
so that a client that pipelines its frames does not cost one system call
per frame.
"""
import logging
import socket
import struct
import sys

LIMIT = 16 << 20
log = logging.getLogger("lenserver")


class TooLong(Exception):
    pass


class Frames:
    """Takes bytes in any pieces, gives back whole frames."""

    def __init__(self):
        self.buf = bytearray()

    def feed(self, data):
        self.buf += data
        at = 0
        try:
            while len(self.buf) - at >= 4:
                (size,) = struct.unpack_from(">I", self.buf, at)
                if size > LIMIT:
                    raise TooLong(size)
                if len(self.buf) - at - 4 < size:
                    break
                yield bytes(self.buf[at:at + 4])
                yield bytes(self.buf[at + 4:at + 4 + size])
                at += 4 + size
        finally:
            del self.buf[:at]


def gather(conn, parts):
    """writev() until everything has been taken."""
    parts = [memoryview(p) for p in parts if len(p)]
    while parts:
        sent = conn.sendmsg(parts)
        while parts and sent >= len(parts[0]):
            sent -= len(parts[0])
            del parts[0]
        if sent:
            parts[0] = parts[0][sent:]


def talk(conn):
    frames = Frames()
    while True:
        data = conn.recv(65536)
        if not data:
            if frames.buf:
                log.warning("stream ended inside a frame")
            return
        parts = []
        try:
            for p in frames.feed(data):
                parts.append(p)
        finally:
            gather(conn, parts)


def main():
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    host, port = sys.argv[1], int(sys.argv[2])
    with socket.create_server((host, port), backlog=16) as listener:
        log.info("listening on %s:%d", host, port)
        while True:
            conn, peer = listener.accept()
            with conn:
                try:
                    talk(conn)
                except TooLong as e:
                    log.warning("%s: frame of %s bytes refused", peer, e)
                except OSError as e:
                    log.warning("%s: %s", peer, e)


if __name__ == "__main__":
    main()
