import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server, open(sys.argv[3], "wb") as file:
    server.bind((sys.argv[1], int(sys.argv[2])))
    expected = 0
    while True:
        datagram, client = server.recvfrom(2048)
        if not datagram:
            break
        number = int.from_bytes(datagram[:4], "big")
        if number == expected:
            file.write(datagram[4:])
            expected += 1
        if number < expected:
            server.sendto(datagram[:4], client)
