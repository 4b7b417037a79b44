#!/usr/bin/env python3
import socket
import sys


def kirim(host, port, pesan):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((host, port))
    s.sendall((pesan + '.').encode())
    jawaban = b''
    while not jawaban.endswith(b'.'):
        potong = s.recv(1024)
        if not potong:
            raise RuntimeError('server menutup koneksi sebelum titik')
        jawaban += potong
    s.close()
    return jawaban


if __name__ == '__main__':
    jawaban = kirim(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    print('balasan server: %s' % jawaban.decode())
