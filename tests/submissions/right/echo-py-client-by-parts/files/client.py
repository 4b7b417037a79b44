import socket
import sys

alamat = sys.argv[1], int(sys.argv[2])
pesan = sys.argv[3].encode()
try:
    s = socket.create_connection(alamat)
    sisa = memoryview(pesan)
    kembali = bytearray()
    while len(kembali) < len(pesan):
        if sisa:
            n = s.send(sisa[:1000])
            sisa = sisa[n:]
        data = s.recv(65536)
        if not data:
            raise ConnectionError("server menutup koneksi")
        kembali += data
    print(kembali.decode())
except (OSError, ValueError) as e:
    print("gagal:", e, file=sys.stderr)
    sys.exit(3)
