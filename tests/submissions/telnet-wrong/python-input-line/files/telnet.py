import socket
import sys

server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
while True:
    line = input()
    server.sendall(line.encode() + b"\n")
    print(server.recv(1024).decode())
