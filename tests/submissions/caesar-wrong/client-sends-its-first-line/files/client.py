import socket
import sys

permintaan = input("request: ")
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as s:
    s.sendall(permintaan.encode())
    jawaban = b""
    while not jawaban.endswith(b"."):
        bagian = s.recv(1000)
        if not bagian:
            sys.exit("no answer")
        jawaban += bagian
print(jawaban.decode())
