#!/usr/bin/env python3
"""Echo server dengan kolam buffer.

Pemakaian: server.py HOST PORT

Supaya tidak membuat objek bytes baru pada tiap recv, data diterima ke
dalam bytearray yang dipinjam dari kolam (recv_into).
"""
import socket
import sys
import threading
from contextlib import contextmanager

UKURAN = 64 * 1024


class Kolam:
    def __init__(self):
        self._bebas = []
        self._kunci = threading.Lock()

    @contextmanager
    def pinjam(self):
        with self._kunci:
            buf = self._bebas.pop() if self._bebas else bytearray(UKURAN)
        try:
            yield buf
        finally:
            with self._kunci:
                self._bebas.append(buf)


kolam = Kolam()


def layani(conn, alamat):
    jumlah = 0
    try:
        while True:
            with kolam.pinjam() as buf:
                n = conn.recv_into(buf)
                potongan = memoryview(buf)[:n]
            if n == 0:
                break
            conn.sendall(potongan)
            jumlah += n
    except OSError as e:
        print(f"{alamat[0]}:{alamat[1]} terputus: {e}", file=sys.stderr)
    finally:
        conn.close()
    print(f"{alamat[0]}:{alamat[1]} selesai, {jumlah} byte", file=sys.stderr)


def main():
    if len(sys.argv) != 3:
        sys.exit("pemakaian: server.py HOST PORT")
    fam, jenis, proto, _, alamat = socket.getaddrinfo(
        sys.argv[1], int(sys.argv[2]), type=socket.SOCK_STREAM,
        flags=socket.AI_PASSIVE)[0]
    s = socket.socket(fam, jenis, proto)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(alamat)
    s.listen(64)
    print("menunggu di", alamat, file=sys.stderr)
    try:
        while True:
            conn, dari = s.accept()
            threading.Thread(target=layani, args=(conn, dari), daemon=True).start()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
