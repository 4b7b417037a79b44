import socket
import sys

with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    greeting = ""
    while data := connection.recv(1024):
        greeting += data.decode()
    if not greeting:
        sys.exit("no greeting")
    print(greeting)
    connection.sendall(sys.argv[3].encode())
