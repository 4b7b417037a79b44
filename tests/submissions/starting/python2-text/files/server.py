import socket
import sys

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
while True:
    c, addr = s.accept()
    pesan = ''
    while not pesan.endswith('.'):
        pesan += c.recv(1)
    c.sendall(pesan)
    c.close()
