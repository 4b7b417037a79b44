import socket
import sys

client = socket.create_connection((sys.argv[1], int(sys.argv[2])))
client.sendall(sys.argv[3].encode())
answer = client.recv(1024)
print(answer.decode())
