import socket
import sys

if len(sys.argv) != 6:
    sys.exit('pakai: client.py HOST PORT MODE GESER TEKS')
_, host, port, mode, geser, teks = sys.argv

s = socket.socket()
s.settimeout(8)
try:
    s.connect((host, int(port)))
    s.sendall(f'{mode}{geser}{teks}.'.encode())
    hasil = b''
    while not hasil.endswith(b'.'):
        b = s.recv(1024)
        if not b:
            sys.exit('server berhenti di tengah jawaban')
        hasil += b
except OSError as e:
    sys.exit(f'kesalahan jaringan: {e}')
print(hasil.decode())
