#!/usr/bin/env python3
# Reliable UDP client (stop & wait)
# usage: client.py HOST PORT FILE
import os
import socket
import struct
import sys
import time

CHUNK = 1024
RTO = 0.2
GIVE_UP = 8.0


class Sender:
    def __init__(self, host, port):
        self.addr = (socket.gethostbyname(host), port)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.seq = 0
        self.resent = 0

    def send(self, data):
        packet = struct.pack("!I", self.seq) + data
        start = time.monotonic()
        while True:
            self.sock.sendto(packet, self.addr)
            until = time.monotonic() + RTO
            if self.wait_ack(until):
                self.seq += 1
                return
            if time.monotonic() - start > GIVE_UP:
                raise TimeoutError("no ack for %d" % self.seq)
            self.resent += 1

    def wait_ack(self, until):
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return False
            self.sock.settimeout(left)
            try:
                ack, who = self.sock.recvfrom(64)
            except socket.timeout:
                return False
            if len(ack) == 4 and struct.unpack("!I", ack)[0] == self.seq:
                return True


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: client.py HOST PORT FILE")
    host, port, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    size = os.path.getsize(path)
    packets = size // CHUNK + 1
    print("sending %s: %d bytes, %d packets" % (path, size, packets))
    s = Sender(host, port)
    with open(path, "rb") as f:
        for i in range(packets):
            s.send(f.read(CHUNK))
    s.send(b"")
    print("done, %d resent" % s.resent)


try:
    main()
except OSError as e:
    print("error:", e, file=sys.stderr)
    sys.exit(1)
