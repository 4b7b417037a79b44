import socket
import sys

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
print("ketik 'quit' untuk keluar")
while True:
    pesan = input('> ')
    if pesan == 'quit':
        break
    data = pesan.encode()
    s.sendall(data)
    kembali = b''
    while len(kembali) < len(data):
        x = s.recv(len(data) - len(kembali))
        if not x:
            sys.exit('server putus')
        kembali += x
    print('<', kembali.decode())
s.close()
