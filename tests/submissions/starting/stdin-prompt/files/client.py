import socket
import sys

s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
    pesan = input('Masukkan pesan Anda: ')
    s.sendall(pesan.encode())
    jawab = b''
    while not jawab.endswith(b'.'):
        d = s.recv(4096)
        if not d:
            raise OSError('koneksi ditutup server')
        jawab += d
    print('Server menjawab:', jawab.decode())
except OSError as e:
    print('ERROR:', e, file=sys.stderr)
    sys.exit(1)
finally:
    s.close()
