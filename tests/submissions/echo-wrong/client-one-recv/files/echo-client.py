import socket
import sys


host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode('utf-8')
s = socket.create_connection((host, port))
s.sendall(pesan)
balasan = s.recv(65536)
print('server membalas:', balasan.decode('utf-8'))
s.close()
