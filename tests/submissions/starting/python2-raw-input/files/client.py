import socket
import sys

pesan = raw_input("pesan: ")
s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
s.send(pesan)
print(s.recv(1024))
s.close()
