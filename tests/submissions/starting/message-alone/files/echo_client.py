import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage: echo_client.py message")
pesan = sys.argv[1].encode()
with socket.create_connection(("localhost", 6100)) as s:
    s.sendall(pesan)
    gema = b""
    while len(gema) < len(pesan):
        bagian = s.recv(4096)
        if not bagian:
            sys.exit("gema terputus")
        gema += bagian
print("gema:", gema.decode())
