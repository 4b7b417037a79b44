import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
while True:
    pesan, dari = s.recvfrom(65535)
    s.sendto(pesan, dari)
