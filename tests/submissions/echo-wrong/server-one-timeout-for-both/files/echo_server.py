# Tugas 2 - server echo
# python3 echo_server.py 127.0.0.1 9000
#
# Server dapat dihentikan dengan rapi (Ctrl+C atau kill): setiap thread
# memeriksa tanda `berhenti` paling lambat tiap dua detik.
import signal
import socket
import sys
import threading

BATAS = 2.0
berhenti = threading.Event()


def akhiri(signum, frame):
    berhenti.set()


class Klien(threading.Thread):
    def __init__(self, conn, alamat):
        super().__init__(name="%s:%d" % alamat[:2], daemon=True)
        self.conn = conn
        self.conn.settimeout(BATAS)
        # hemat memori kernel bila klien banyak
        self.conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)

    def run(self):
        with self.conn:
            while not berhenti.is_set():
                try:
                    data = self.conn.recv(32768)
                    if not data:
                        break
                    self.conn.sendall(data)
                except socket.timeout:
                    continue            # periksa lagi tanda berhenti
                except OSError as galat:
                    print(self.name, galat)
                    break
        print(self.name, "pergi")


def main(argv):
    host, port = argv[1], int(argv[2])
    fam = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=fam, backlog=50) as srv:
        srv.settimeout(1.0)
        print("siap di", host, port, flush=True)
        while not berhenti.is_set():
            try:
                conn, alamat = srv.accept()
            except socket.timeout:
                continue
            Klien(conn, alamat).start()
    print("berhenti")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, akhiri)
    signal.signal(signal.SIGTERM, akhiri)
    sys.exit(main(sys.argv))
