import socket
import sys

from caesar import geser


def baca_permintaan(sc):
    data = b''
    while b'.' not in data:
        potong = sc.recv(4096)
        if not potong:
            return b''
        data += potong
    return data[:data.index(b'.') + 1]


def jawab(permintaan):
    mode, angka, teks = permintaan[:1], permintaan[1:3], permintaan[3:]
    n = int(angka) if angka.isdigit() and len(angka) == 2 else 0
    if mode == b'd':
        n = -n
    return geser(teks, n)


def main():
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen(5)
    while True:
        sc, alamat = s.accept()
        with sc:
            try:
                permintaan = baca_permintaan(sc)
                print(alamat, permintaan[:40])
                sc.sendall(jawab(permintaan))
            except OSError as e:
                print(alamat, e)


main()
