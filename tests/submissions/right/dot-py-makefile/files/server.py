import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def satu_client(conn):
    try:
        with conn, conn.makefile('rwb') as f:
            pesan = b''.join(baca(f))
            if pesan.endswith(b'.'):
                f.write(pesan)
                f.flush()
    except OSError as e:
        print('error', e, file=sys.stderr)


def baca(f):
    while True:
        b = f.read(1)
        if not b:
            return
        yield b
        if b == b'.':
            return


with socket.create_server((sys.argv[1], int(sys.argv[2]))) as s, ThreadPoolExecutor(20) as kolam:
    while True:
        conn, alamat = s.accept()
        kolam.submit(satu_client, conn)
