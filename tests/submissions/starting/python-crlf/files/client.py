#!/usr/bin/env python3
import socket
import sys

s = socket.socket()
s.connect((sys.argv[1], int(sys.argv[2])))
s.sendall(sys.argv[3].encode())
jawab = b''
while not jawab.endswith(b'.'):
    d = s.recv(1000)
    if not d:
        sys.exit('server menutup koneksi')
    jawab += d
print(jawab.decode())
