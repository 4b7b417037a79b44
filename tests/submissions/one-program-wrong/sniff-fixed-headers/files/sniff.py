import socket
import struct
import sys

s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
n = int(sys.argv[1])
while n:
    frame = s.recv(65535)
    if frame[12:14] != b"\x08\x00" or frame[23] != 6:
        continue
    total, = struct.unpack("!H", frame[16:18])
    sport, dport = struct.unpack("!HH", frame[34:38])
    print(f"{socket.inet_ntoa(frame[26:30])}:{sport} > {socket.inet_ntoa(frame[30:34])}:{dport} {total - 40}")
    n -= 1
