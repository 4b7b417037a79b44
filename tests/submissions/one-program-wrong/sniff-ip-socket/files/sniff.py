import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP)
for _ in range(int(sys.argv[1])):
    packet, sender = s.recvfrom(65535)
    print(sender, len(packet))
