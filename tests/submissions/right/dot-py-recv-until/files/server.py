import socket
import sys

from utils import recv_until

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)

while True:
    sc, sockname = s.accept()
    print('koneksi dari', sockname)
    try:
        pesan = recv_until(sc)
        if pesan is None:
            print('client pergi sebelum titik')
        else:
            sc.sendall(pesan)
    except ConnectionError as e:
        print(e)
    sc.close()
