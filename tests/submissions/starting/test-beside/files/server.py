#!/usr/bin/python3
import socket
import sys

with socket.create_server((sys.argv[1], int(sys.argv[2]))) as s:
    while True:
        with s.accept()[0] as c:
            try:
                isi = bytearray()
                while not isi.endswith(b'.') and (b := c.recv(1)):
                    isi += b
                if isi.endswith(b'.'):
                    c.sendall(isi)
            except OSError:
                continue
