import socket
import struct
import sys

sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))  # without the Ethernet header
left = int(sys.argv[1])
while left > 0:
    data, meta = sniffer.recvfrom(65536)
    version_ihl, _, total, _, _, _, proto, _, src, dst = struct.unpack("!BBHHHBBH4s4s", data[:20])
    if proto != 6:
        continue
    tcp = data[(version_ihl & 15) * 4:]
    sport, dport = struct.unpack("!HH", tcp[:4])
    print(("Sumber", socket.inet_ntoa(src), sport), ("Tujuan", socket.inet_ntoa(dst), dport), "Panjang:", total, flush=True)
    left -= 1
