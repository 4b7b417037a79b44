#!/usr/bin/env python3
import os
import sys
from socket import AF_INET, SOCK_DGRAM, socket, timeout

HEADER = 28      # 20 byte IP + 8 byte UDP


def main():
    try:
        host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    except (IndexError, ValueError):
        sys.exit("cara pakai: klien-client.py HOST PORT PESAN")

    sock = socket(AF_INET, SOCK_DGRAM)
    sock.settimeout(5)
    try:
        sock.sendto(os.fsencode(pesan), (host, port))
        # jawaban sama panjang dengan pesan
        data, dari = sock.recvfrom(len(pesan) + HEADER)
    except timeout:
        sys.exit("tidak ada jawaban dari %s:%d" % (host, port))
    except OSError as e:
        sys.exit("galat: %s" % e)
    finally:
        sock.close()

    print("dari %s:%d" % dari, file=sys.stderr)
    sys.stdout.buffer.write(data + b"\n")


if __name__ == "__main__":
    main()
