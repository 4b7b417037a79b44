import socket
import struct
import sys

PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC, SOL_PACKET = 1, 1, 263
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
device = [name for _, name in socket.if_nameindex() if name != "lo"][0]
s.bind((device, 0))
s.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, struct.pack("iHH8s", socket.if_nametoindex(device), PACKET_MR_PROMISC, 0, b""))
seen = 0
while seen < int(sys.argv[1]):
    frame = s.recv(2048)
    eth = struct.unpack("!6s6sH", frame[:14])
    if eth[2] != 0x800:
        continue
    ihl = (frame[14] & 0x0F) << 2
    if frame[23] != socket.IPPROTO_TCP:
        continue
    sp, dp = struct.unpack("!HH", frame[14 + ihl:18 + ihl])
    source = ".".join(map(str, frame[26:30]))
    target = ".".join(map(str, frame[30:34]))
    seen += 1
    print("%d IP %s.%d > %s.%d: length %d" % (seen, source, sp, target, dp, len(frame)))
