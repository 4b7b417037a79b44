import select
import socket
import sys
import time

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('0.0.0.0', int(sys.argv[2])))
server.listen(30)

antre = {}          # socket -> byte yang belum terkirim
terakhir = 0

while True:
    baca = [server] + [s for s in antre if not antre[s]]
    tulis = [s for s in antre if antre[s]]
    siap_baca, siap_tulis, _ = select.select(baca, tulis, [], 1.0)
    if time.time() - terakhir > 5:
        terakhir = time.time()
        print('jumlah client:', len(antre))
    for s in siap_tulis:
        try:
            n = s.send(antre[s])
            antre[s] = antre[s][n:]
        except OSError:
            del antre[s]
            s.close()
    for s in siap_baca:
        if s is server:
            c, alamat = s.accept()
            c.setblocking(False)
            antre[c] = b''
            continue
        try:
            data = s.recv(4096)
        except OSError:
            data = b''
        if data:
            antre[s] = data
        else:
            del antre[s]
            s.close()
