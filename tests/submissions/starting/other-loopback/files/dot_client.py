import socket
import sys

with socket.create_connection(("127.0.0.9", 7070)) as s:
    s.sendall(b"halo dari seberang.")
    jawaban = b""
    while not jawaban.endswith(b"."):
        potongan = s.recv(512)
        if not potongan:
            sys.exit("jawaban tidak lengkap")
        jawaban += potongan
print(jawaban.decode())
