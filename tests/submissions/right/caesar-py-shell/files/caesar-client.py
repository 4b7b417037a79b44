#!/usr/bin/env python
# -*- coding: utf-8 -*-
import socket
import sys

host = sys.argv[1]
port = int(sys.argv[2])
permintaan = ''.join(sys.argv[3:6]) + '.'

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, port))
s.sendall(permintaan.encode())
f = s.makefile('rb')
jawab = bytearray()
while True:
    b = f.read(1)
    assert b, 'jawaban berakhir sebelum titik'
    jawab += b
    if b == b'.':
        break
print(bytes(jawab))
