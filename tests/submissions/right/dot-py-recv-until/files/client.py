import socket
import sys

from utils import recv_until

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
print('socket lokal', s.getsockname())
s.sendall(sys.argv[3].encode())
pesan = recv_until(s)
s.close()
if pesan is None:
    raise SystemExit('balasan server tidak lengkap')
print('balasan server:', pesan.decode())
