import socket

from utils import recv_until


def tanya(permintaan):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect(('127.0.0.1', 5555))
    sock.sendall(permintaan)
    balasan = recv_until(sock)
    print('balasan server:', balasan.decode())
    sock.close()
    return balasan


sandi = tanya(b'e10isi pesan.')
tanya(b'd10' + sandi)
