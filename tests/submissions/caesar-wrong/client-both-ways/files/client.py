import socket
import sys


def recv_until(s):
    temp = b''
    while True:
        c = s.recv(1)
        if not c:
            sys.exit('server menutup koneksi')
        temp += c
        if c == b'.':
            return temp


host, port, mode, shift, teks = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5]
lawan = 'd' if mode == 'e' else 'e'

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, port))
s.sendall((mode + shift + teks + '.').encode())
msg = recv_until(s)
print('balasan server: %s' % msg.decode())
s.close()

# kembalikan lagi
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((host, port))
s.sendall((lawan + shift).encode() + msg)
msg = recv_until(s)
print('balasan server: %s' % msg.decode())
s.close()
