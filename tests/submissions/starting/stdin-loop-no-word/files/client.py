import socket
import sys

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
pesan = input('pesan: ')
while pesan != 'bye':
    s.sendall(pesan.encode())
    jawab = b''
    while not jawab.endswith(b'.'):
        d = s.recv(1024)
        if not d:
            sys.exit('server menutup koneksi')
        jawab += d
    print('jawab:', jawab.decode())
    pesan = input('pesan: ')
s.close()
