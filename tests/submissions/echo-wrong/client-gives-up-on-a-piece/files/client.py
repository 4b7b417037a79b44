import socket
import sys

pesan = sys.argv[3].encode()
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as s:
    s.sendall(pesan)
    gema = s.recv(200000)
    if len(gema) != len(pesan):
        sys.exit("panjang gema salah")
print(gema.decode())
