import socket
import sys

try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    kirim = sys.argv[3].encode()
    s.sendall(kirim)
    terima = b''
    while len(terima) < len(kirim):
        bagian = s.recv(4096)
        if not bagian:
            raise ConnectionError('koneksi ditutup server')
        terima += bagian
    print('Diterima:', terima.decode())
except OSError as e:
    print('Terjadi kesalahan:', e)
    sys.exit(1)
