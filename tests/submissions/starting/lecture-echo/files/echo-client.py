import socket

ALAMAT = ('127.0.0.1', 65432)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(ALAMAT)
client.sendall(b'Halo, semua')
isi = client.recv(1024)
print('Diterima', repr(isi))
