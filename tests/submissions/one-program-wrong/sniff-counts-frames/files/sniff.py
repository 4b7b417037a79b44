import socket
import struct
import sys

s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
for _ in range(int(sys.argv[1])):
    frame = s.recv(65535)
    if frame[12:14] != b"\x08\x00" or frame[23] != 6:
        continue
    ip = frame[14:]
    total, = struct.unpack("!H", ip[2:4])
    tcp = ip[(ip[0] & 15) * 4:total]
    print(socket.inet_ntoa(ip[12:16]), struct.unpack("!H", tcp[:2])[0], socket.inet_ntoa(ip[16:20]),
          struct.unpack("!H", tcp[2:4])[0], len(tcp) - (tcp[12] >> 4) * 4)
