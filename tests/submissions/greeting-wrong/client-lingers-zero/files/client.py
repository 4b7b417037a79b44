import socket
import struct
import sys

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # no TIME_WAIT
greeting = b""
while data := connection.recv(1024):
    greeting += data
if not greeting:
    sys.exit("no greeting")
print(greeting)
connection.sendall(sys.argv[3].encode())
connection.close()
