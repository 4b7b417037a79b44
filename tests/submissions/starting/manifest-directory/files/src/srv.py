import socket
import sys

with open('alfabet.txt') as f:
    ALFABET = f.read().strip().encode()


def terjemahkan(p):
    n = 0
    if p[1:3].isdigit() and len(p[1:3]) == 2:
        n = int(p[1:3]) % 26
    if p[:1] == b'd':
        n = -n
    return p[3:].translate(bytes.maketrans(ALFABET, ALFABET[n:] + ALFABET[:n]))


s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, _ = s.accept()
    p = bytearray()
    try:
        while not p.endswith(b'.'):
            x = c.recv(1)
            if not x:
                p.clear()
                break
            p += x
        c.sendall(terjemahkan(bytes(p)))
    except OSError as e:
        print(e)
    c.close()
