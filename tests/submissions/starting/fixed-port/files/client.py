import socket
import sys

HOST = '127.0.0.1'
PORT = 65432

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((HOST, PORT))
    s.sendall(b"Halo dunia dari client.")
    data = b""
    while not data.endswith(b"."):
        more = s.recv(1024)
        if not more:
            sys.exit("Koneksi terputus")
        data += more
print(f"Received {data!r}")
