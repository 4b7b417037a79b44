import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
host = "192.168.0.1"
port = 12345
s.connect((host, port))
s.sendall("Hai Serverku, Clientku ingin berkomunikasi.".encode())
balas = b""
while not balas.endswith(b"."):
    sedikit = s.recv(10)
    if sedikit == b"":
        print("server pergi", file=sys.stderr)
        sys.exit(1)
    balas += sedikit
print(balas.decode())
s.close()
