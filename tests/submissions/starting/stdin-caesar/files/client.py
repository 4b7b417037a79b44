import socket
import sys

mode = input('Mode (e/d): ')
geser = input('Geser (2 digit): ')
teks = input('Teks: ')

s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    sys.exit(f'Server tidak aktif: {e}')
s.sendall((mode + geser + teks + '.').encode())
hasil = b''
while b'.' not in hasil:
    d = s.recv(1024)
    if not d:
        sys.exit('Jawaban tidak selesai')
    hasil += d
print('Hasil:', hasil.decode())
