import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
alamat = (sys.argv[1], int(sys.argv[2]))
print('tujuan:', alamat)
while True:
    perintah = input('> ')
    if perintah.strip() == 'kirim':
        s.connect(alamat)
        s.sendall(sys.argv[3].encode())
        print(s.recv(1024).decode())
