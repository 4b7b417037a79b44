"""Caesar cipher server."""
import select
import socket
import sys
import time

HURUF = b"abcdefghijklmnopqrstuvwxyz"


class Pembaca:
    """Membaca pesan yang berakhir dengan titik; kelebihan byte disimpan."""

    def __init__(self):
        self.sisa = bytearray()

    def pesan(self, conn):
        while True:
            i = self.sisa.find(b".", 3)
            if i >= 0:
                hasil = bytes(self.sisa[:i + 1])
                del self.sisa[:i + 1]
                return hasil
            try:
                data = conn.recv(1500)
            except OSError:
                data = b""
            if not data:
                self.sisa.clear()
                return None
            self.sisa += data


def terjemah(pesan):
    n = 0
    if pesan[1:3].isdigit():
        n = int(pesan[1:3]) % 26
    putar = HURUF[n:] + HURUF[:n]
    if pesan[0] == ord("d"):
        tabel = bytes.maketrans(putar, HURUF)
    else:
        tabel = bytes.maketrans(HURUF, putar)
    return pesan[3:].translate(tabel)


def tutup(conn):
    try:
        conn.shutdown(socket.SHUT_WR)
        habis = time.monotonic() + 1
        while time.monotonic() < habis:
            siap, _, _ = select.select([conn], [], [], 0.2)
            if siap and not conn.recv(1500):
                break
    except OSError:
        pass
    conn.close()


def main(argv):
    if len(argv) != 3:
        print("pakai:", argv[0], "HOST PORT", file=sys.stderr)
        return 1
    server = socket.create_server((argv[1], int(argv[2])))
    pembaca = Pembaca()
    while True:
        try:
            conn, _ = server.accept()
        except ConnectionAbortedError:
            continue
        pesan = pembaca.pesan(conn)
        if pesan is not None:
            try:
                conn.sendall(terjemah(pesan))
            except OSError as e:
                print("gagal kirim:", e, file=sys.stderr)
        tutup(conn)


sys.exit(main(sys.argv))
