import os
import socket
import struct
import sys


def checksum(data):
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    s = (s >> 16) + (s & 0xFFFF)
    return ~(s + (s >> 16)) & 0xFFFF


s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
me = os.getpid() & 0xFFFF
for n in range(int(sys.argv[2])):
    head = struct.pack("!BBHHH", 8, 0, 0, me, n)
    s.sendto(struct.pack("!BBHHH", 8, 0, checksum(head), me, n), (sys.argv[1], 0))
    while True:
        packet, (sender, _) = s.recvfrom(1500)
        icmp = packet[(packet[0] & 15) * 4:]
        kind, _, _, ident, seq = struct.unpack("!BBHHH", icmp[:8])
        if (sender, kind, ident, seq) == (sys.argv[1], 0, me, n):
            break
    print("reply", n)
