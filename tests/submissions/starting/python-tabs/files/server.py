import socket
import sys

s = socket.socket()
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
while True:
    c, addr = s.accept()
	data = c.recv(1024)
	c.sendall(data)
	c.close()
