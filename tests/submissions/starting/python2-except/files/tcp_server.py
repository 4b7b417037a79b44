#!/usr/bin/env python
import socket, sys

s = socket.socket()
try:
    s.bind((sys.argv[1], int(sys.argv[2])))
except socket.error, e:
    print('bind gagal: %s' % e)
    sys.exit(1)
s.listen(5)
while 1:
    c, a = s.accept()
    c.send(c.recv(1024))
    c.close()
