import socket
import sys

greeting = b""
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    while piece := connection.recv(1024):
        greeting += piece
    if not greeting:
        sys.exit("no greeting came")
    print(greeting)
    connection.sendall(sys.argv[3].encode())
