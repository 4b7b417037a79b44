import select
import socket
import sys

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(10)
masukan = [s, sys.stdin]
data = {}
print('tekan enter untuk berhenti')
while True:
    siap, _, _ = select.select(masukan, [], [])
    for x in siap:
        if x is sys.stdin:
            sys.stdin.readline()
            print('selesai')
            sys.exit()
        if x is s:
            c, _ = s.accept()
            masukan.append(c)
            data[c] = b''
            continue
        try:
            d = x.recv(1024)
            data[x] += d
            if b'.' in data[x]:
                x.sendall(data[x][:data[x].index(b'.') + 1])
                d = b''
        except OSError:
            d = b''
        if not d:
            masukan.remove(x)
            del data[x]
            x.close()
