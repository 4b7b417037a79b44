import socket
import sys
import threading


def layani(koneksi):
    with koneksi:
        koneksi.settimeout(1.0)
        try:
            while data := koneksi.recv(4096):
                koneksi.sendall(data)
        except OSError:
            pass


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=64) as server:
        while True:
            koneksi, _ = server.accept()
            threading.Thread(target=layani, args=(koneksi,), daemon=True).start()


main()
