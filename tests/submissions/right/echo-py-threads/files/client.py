import socket
import sys

host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
try:
    s = socket.create_connection((host, port))
except OSError as e:
    sys.exit(f'tidak bisa terhubung: {e}')

with s:
    s.sendall(pesan)
    jawaban = b''
    while len(jawaban) < len(pesan):
        potongan = s.recv(1024)
        if not potongan:
            sys.exit('server menutup koneksi sebelum waktunya')
        jawaban += potongan
print('Balasan dari server:', jawaban)
