import argparse
import socket
import sys


def sampai_titik(s):
    hasil = b''
    while True:
        d = s.recv(1)
        if not d:
            raise EOFError('aliran berakhir sebelum titik')
        hasil += d
        if d == b'.':
            return hasil


def server(o):
    s = socket.create_server((o.host, o.port))
    while True:
        c, _ = s.accept()
        with c:
            try:
                c.sendall(sampai_titik(c))
            except (OSError, EOFError) as e:
                print(e, file=sys.stderr)


def client(o):
    with socket.create_connection((o.host, o.port)) as s:
        s.sendall(o.message.encode())
        print(sampai_titik(s).decode())


p = argparse.ArgumentParser(description='Gema satu kalimat')
p.add_argument('peran', choices=['server', 'client'])
p.add_argument('--host', default='localhost')
p.add_argument('--port', type=int, required=True)
p.add_argument('--message')
o = p.parse_args()
try:
    server(o) if o.peran == 'server' else client(o)
except (OSError, EOFError) as e:
    p.exit(1, f'{e}\n')
