import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.sendall(sys.argv[3].encode())
teks = ''
while not teks.endswith('.'):
    c = s.recv(1)
    if not c:
        print('koneksi terputus', file=sys.stderr)
        sys.exit(1)
    teks += c.decode()
print('Jawaban:', teks)
s.close()
