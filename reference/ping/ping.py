# SPDX-License-Identifier: MIT
"""ping HOST COUNT: sends ICMP echo requests, prints a line for each reply that is its own."""
import os
import socket
import struct
import sys
import time

ECHO_REQUEST, ECHO_REPLY = 8, 0
PATIENCE = 1.0


def checksum(message):
    if len(message) % 2:
        message += b"\0"
    total = sum(struct.unpack("!%dH" % (len(message) // 2), message))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def make_request(ident, sequence):
    data = b"p" * 32
    without = struct.pack("!BBHHH", ECHO_REQUEST, 0, 0, ident, sequence) + data
    return struct.pack("!BBHHH", ECHO_REQUEST, 0, checksum(without), ident, sequence) + data


def is_reply(packet, ident, sequence):
    message = packet[(packet[0] & 0xF) * 4:]
    if len(message) < 8 or checksum(message) != 0:
        return False
    kind, code, _, its_id, its_sequence = struct.unpack("!BBHHH", message[:8])
    return (kind, code, its_id, its_sequence) == (ECHO_REPLY, 0, ident, sequence)


def ping(sock, host, ident, sequence):
    sent = time.monotonic()
    sock.sendto(make_request(ident, sequence), (host, 0))
    while True:
        sock.settimeout(max(sent + PATIENCE - time.monotonic(), 0.001))
        try:
            packet, (sender, _) = sock.recvfrom(65535)
        except socket.timeout:
            return None
        if sender == host and is_reply(packet, ident, sequence):
            return time.monotonic() - sent


def main():
    host, count = socket.gethostbyname(sys.argv[1]), int(sys.argv[2])
    ident, replies = os.getpid() & 0xFFFF, 0
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as sock:
        for sequence in range(1, count + 1):
            took = ping(sock, host, ident, sequence)
            if took is None:
                print(f"no reply to icmp_seq={sequence}")
            else:
                replies += 1
                print(f"reply from {host}: icmp_seq={sequence} time={took * 1000:.3f} ms")
    return 0 if replies else 1


if __name__ == "__main__":
    sys.exit(main())
