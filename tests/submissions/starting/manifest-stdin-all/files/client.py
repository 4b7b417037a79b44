import socket
import sys

HOST = input("Host server : ")
PORT = int(input("Port server : "))
try:
    s = socket.socket()
    s.connect((HOST, PORT))
except OSError as e:
    print("Tidak dapat terhubung:", e, file=sys.stderr)
    sys.exit(1)
pesan = input("Pesan (akhiri dengan titik): ")
s.sendall(pesan.encode())
jawab = b''
while not jawab.endswith(b'.'):
    x = s.recv(512)
    if not x:
        print("Server menutup koneksi", file=sys.stderr)
        sys.exit(1)
    jawab += x
print("Jawaban     :", jawab.decode())
