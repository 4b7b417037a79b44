import socket
import sys

IP_RECVERR = 11
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
while True:
    try:
        data, client = server.recvfrom(65535)
        server.sendto(data, client)
    except OSError as error:
        print("socket error:", error, file=sys.stderr)
        sys.exit(1)
