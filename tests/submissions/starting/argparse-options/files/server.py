import argparse
import socket

parser = argparse.ArgumentParser()
parser.add_argument('-H', '--host', default='127.0.0.1')
parser.add_argument('-p', '--port', type=int, default=8888)
args = parser.parse_args()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((args.host, args.port))
s.listen(5)
while True:
    c, _ = s.accept()
    try:
        b = c.makefile('rb')
        kalimat = b''
        while not kalimat.endswith(b'.'):
            x = b.read(1)
            if not x:
                break
            kalimat += x
        else:
            c.sendall(kalimat)
        b.close()
    except OSError as e:
        print(e)
    c.close()
