#!/usr/bin/env python3
import os
import socket
import sys

import bingkai


def main(host, port, pesan):
    with socket.create_connection((host, int(port))) as sock:
        bingkai.kirim(sock, os.fsencode(pesan))
        panjang = bingkai.terima_panjang(sock)
        if panjang is None:
            raise EOFError("server menutup koneksi tanpa jawaban")
        isi = bingkai.baca_tepat(sock, panjang)
    if isi:
        sys.stdout.buffer.write(isi)
    print(flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("pakai: client.py HOST PORT PESAN")
    try:
        main(*sys.argv[1:])
    except (OSError, EOFError, ValueError) as e:
        sys.exit("client: %s" % e)
