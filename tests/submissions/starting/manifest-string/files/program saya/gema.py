import socket
import sys


def baca(s):
    data = bytearray()
    while data[-1:] != b'.':
        x = s.recv(1)
        if not x:
            raise ConnectionError('putus')
        data += x
    return data


def serve(alamat):
    s = socket.create_server(alamat)
    while True:
        c, _ = s.accept()
        try:
            c.sendall(baca(c))
        except OSError as e:
            print(e)
        c.close()


def kirim(alamat, pesan):
    s = socket.create_connection(alamat)
    s.sendall(pesan)
    print(baca(s).decode())


perintah, port, host = sys.argv[1:4]
if perintah == 'serve':
    serve((host, int(port)))
else:
    try:
        kirim((host, int(port)), sys.argv[4].encode())
    except OSError as e:
        sys.exit(str(e))
