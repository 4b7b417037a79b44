#!/usr/bin/env python3
"""Chat server, one thread, selectors.

usage: chat_server.py HOST PORT
"""
import selectors
import socket
import sys
import time

LIMIT = 64 * 1024 * 1024


class Member:
    def __init__(self, sock, addr):
        self.sock = sock
        self.addr = addr
        self.inbox = bytearray()
        self.outbox = bytearray()
        self.leaving = None

    def __str__(self):
        return "%s:%d" % self.addr[:2]


class ChatRoom:
    def __init__(self, host, port):
        self.sel = selectors.DefaultSelector()
        self.members = {}
        self.lsock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.lsock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.lsock.bind((host, port))
        self.lsock.listen(50)
        self.lsock.setblocking(False)
        self.sel.register(self.lsock, selectors.EVENT_READ, None)

    # -- membership ---------------------------------------------------
    def join(self):
        try:
            conn, addr = self.lsock.accept()
        except OSError:
            return
        conn.setblocking(False)
        m = Member(conn, addr)
        self.members[conn] = m
        self.sel.register(conn, selectors.EVENT_READ, m)
        print("[join]", m, flush=True)

    def leave(self, m):
        if m.sock not in self.members:
            return
        del self.members[m.sock]
        self.sel.unregister(m.sock)
        m.sock.close()
        print("[leave]", m, flush=True)

    def interest(self, m):
        ev = 0
        if m.leaving is None:
            ev |= selectors.EVENT_READ
        if m.outbox:
            ev |= selectors.EVENT_WRITE
        if ev and m.sock in self.members:
            self.sel.modify(m.sock, ev, m)

    # -- traffic ------------------------------------------------------
    def deliver(self, m, line):
        try:
            n = m.sock.send(line)
        except (BlockingIOError, InterruptedError):
            n = 0
        except OSError:
            self.leave(m)
            return
        if n < len(line):
            m.outbox += line[n:]
            if len(m.outbox) > LIMIT:
                self.leave(m)
            else:
                self.interest(m)

    def broadcast(self, sender, line):
        for other in list(self.members.values()):
            if other is not sender and other.leaving is None:
                self.deliver(other, line)

    def on_read(self, m):
        try:
            data = m.sock.recv(16384)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self.leave(m)
            return
        if not data:
            if m.outbox:
                m.leaving = time.monotonic() + 2
                self.interest(m)
            else:
                self.leave(m)
            return
        m.inbox += data
        if b"\n" not in data:
            return
        *lines, rest = m.inbox.split(b"\n")
        m.inbox = bytearray(rest)
        for ln in lines:
            self.broadcast(m, bytes(ln) + b"\n")

    def on_write(self, m):
        try:
            n = m.sock.send(m.outbox[:262144])
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            self.leave(m)
            return
        del m.outbox[:n]
        if m.leaving is not None and not m.outbox:
            self.leave(m)
        else:
            self.interest(m)

    def run(self):
        while True:
            going = [m for m in self.members.values() if m.leaving is not None]
            events = self.sel.select(0.5 if going else None)
            for m in going:
                if time.monotonic() > m.leaving:
                    self.leave(m)
            # newcomers and everything to read first, then the rest is written
            for key, mask in events:
                if key.data is None:
                    self.join()
            for key, mask in events:
                m = key.data
                if m is not None and m.sock in self.members and mask & selectors.EVENT_READ:
                    self.on_read(m)
            for key, mask in events:
                m = key.data
                if m is not None and m.sock in self.members and mask & selectors.EVENT_WRITE:
                    if m.outbox:
                        self.on_write(m)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("usage:", sys.argv[0], "HOST PORT", file=sys.stderr)
        sys.exit(2)
    try:
        ChatRoom(sys.argv[1], int(sys.argv[2])).run()
    except KeyboardInterrupt:
        pass
