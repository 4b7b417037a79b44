import socket
import sys
from string import ascii_lowercase as al


def cipher(msg, shift):
    shift %= 26
    asal = al.encode()
    tujuan = (al[shift:] + al[:shift]).encode()
    return msg.translate(bytes.maketrans(asal, tujuan))


def layani(sc):
    msg = sc.recv(1024)
    msg = msg[:msg.find(b'.') + 1] or msg
    if not msg:
        return
    try:
        n = int(msg[1:3])
    except ValueError:
        n = 0
    if msg[:1] == b'd':
        n = -n
    sc.sendall(cipher(msg[3:], n))


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
while True:
    sc, sockname = s.accept()
    try:
        layani(sc)
    except OSError as e:
        print('koneksi putus', e)
    finally:
        sc.close()
