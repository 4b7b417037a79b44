# Contoh dari slide: server gema sederhana
import socket

ALAMAT = ('127.0.0.1', 65432)

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(ALAMAT)
server.listen()

while True:
    koneksi, asal = server.accept()
    print('Terhubung dengan', asal)
    isi = koneksi.recv(1024)
    if len(isi) == 0:
        continue
    koneksi.sendall(isi)
