import socket

from caesar import cipher
from utils import recv_until

pasif = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
pasif.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
pasif.bind(('127.0.0.1', 5555))
pasif.listen(1)

while True:
    aktif, nama = pasif.accept()
    print('koneksi dari', nama)
    pesan = recv_until(aktif)
    try:
        geser = int(pesan[1:3])
    except ValueError:
        geser = 0
    if pesan[0] == ord('d'):
        geser = -geser
    aktif.sendall(cipher(pesan[3:], geser))
    aktif.close()
