import socket

from utils import recv_until

# socket pasif
pasif = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
pasif.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
pasif.bind(('127.0.0.1', 5555))
pasif.listen(1)

while True:
    aktif, nama = pasif.accept()    # socket aktif
    print('koneksi dari', nama)
    aktif.sendall(recv_until(aktif))
    aktif.close()
    print('sudah dibalas')
