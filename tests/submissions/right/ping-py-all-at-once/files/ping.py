import os
import select
import socket
import struct
import sys
import time


def checksum(data):
    s = 0
    for i in range(0, len(data), 2):
        s += (data[i] << 8) + (data[i + 1] if i + 1 < len(data) else 0)
    s = (s >> 16) + (s & 0xFFFF)
    s += s >> 16
    return ~s & 0xFFFF


host, count = sys.argv[1], int(sys.argv[2])
sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.getprotobyname("icmp"))
sock.setblocking(False)
me = os.getpid() & 0xFFFF
sent = {}
for seq in range(1, count + 1):
    head = struct.pack("!BBHHH", 8, 0, 0, me, seq)
    data = b"x" * seq  # of an odd length, too
    sock.sendto(struct.pack("!BBHHH", 8, 0, checksum(head + data), me, seq) + data, (host, 0))
    sent[seq] = time.time()
replies = 0
end = time.time() + 2
while sent and time.time() < end:
    ready, _, _ = select.select([sock], [], [], end - time.time())
    if not ready:
        break
    packet, (sender, _) = sock.recvfrom(2048)
    icmp = packet[(packet[0] & 15) * 4:]
    kind, code, _, ident, seq = struct.unpack("!BBHHH", icmp[:8])
    if sender == host and kind == 0 and ident == me and seq in sent and checksum(icmp) == 0:
        print("Reply from %s: seq=%d time=%gms" % (sender, seq, (time.time() - sent.pop(seq)) * 1000))
        replies += 1
print("Packets: Sent = %d, Received = %d, Lost = %d" % (count, replies, count - replies))
sys.exit(0 if replies else 1)
