# program ini tidak memanggil listen() atau accept()
import sys

from jaringan import hubungi

s = hubungi(sys.argv[1], int(sys.argv[2]))
s.sendall(sys.argv[3].encode())
jawaban = b""
while not jawaban.endswith(b"."):
    data = s.recv(500)
    if not data:
        sys.exit("server menutup koneksi sebelum ada titik")
    jawaban += data
print(jawaban.decode())
