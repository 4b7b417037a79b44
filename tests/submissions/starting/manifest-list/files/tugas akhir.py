import socket
import sys

host, port = sys.argv[1].split('=')[1].rsplit(':', 1)
s = socket.create_server((host, int(port)))
while True:
    conn, addr = s.accept()
    with conn:
        pesan = b''
        try:
            while b'.' not in pesan:
                x = conn.recv(64)
                if not x:
                    break
                pesan += x
            kiri, titik, _ = pesan.partition(b'.')
            if titik:
                conn.sendall(kiri + titik)
        except OSError as e:
            print(addr, e)
