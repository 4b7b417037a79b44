import socket
import sys

import config


def main():
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen(config.ANTRIAN)
    while True:
        c, _ = s.accept()
        f = c.makefile('rb')
        kalimat = bytearray()
        try:
            while not kalimat.endswith(config.TITIK):
                b = f.read(1)
                if not b:
                    break
                kalimat += b
            else:
                c.sendall(kalimat)
        except OSError:
            pass
        f.close()
        c.close()


if __name__ == '__main__':
    main()
