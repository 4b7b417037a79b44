import socket
import sys


def recv_until(sock, eof_char=b'.'):
    temp = b''
    char = b''
    while char != eof_char:
        char = sock.recv(1)
        if char:
            temp += char
        else:
            break
    return temp


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)

while True:
    sc, sockname = s.accept()
    print('koneksi dari %s' % repr(sockname))
    msg = recv_until(sc)
    sc.sendall(msg)
    print('balasan dikirim')
    sc.close()
