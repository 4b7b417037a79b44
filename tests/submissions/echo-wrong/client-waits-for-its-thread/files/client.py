import socket
import sys
import threading

host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
hasil = b''
cukup = threading.Event()


def baca(s):
    global hasil
    while True:
        d = s.recv(1024)
        if not d:
            cukup.set()
            return
        hasil += d
        if len(hasil) >= len(pesan):
            cukup.set()


s = socket.create_connection((host, port))
t = threading.Thread(target=baca, args=(s,))
t.start()
s.sendall(pesan)
cukup.wait()
if len(hasil) < len(pesan):
    sys.exit('server menutup koneksi')
print('Echo:', hasil.decode())
t.join()
