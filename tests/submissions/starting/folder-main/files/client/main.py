import socket
import sys

import pesan

try:
    s = socket.create_connection((sys.argv[1], sys.argv[2]))
    s.sendall(pesan.ambil())
    jawab = b''
    while jawab[-1:] != b'.':
        d = s.recv(100)
        if d == b'':
            raise EOFError('server menutup koneksi')
        jawab += d
    print('>>', jawab.decode())
except (OSError, EOFError) as e:
    print('galat:', e, file=sys.stderr)
    sys.exit(1)
