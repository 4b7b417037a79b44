import socket

from utils import recv_until

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect(('127.0.0.1', 5555))
print('alamat lokal:', sock.getsockname())
sock.sendall(b'Isi pesan dari client.')
print('balasan server:', recv_until(sock).decode())
sock.close()
