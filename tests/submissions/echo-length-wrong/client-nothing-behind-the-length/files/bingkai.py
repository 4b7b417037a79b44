"""Bingkai: 4 byte panjang (big-endian, tanpa tanda) lalu isi."""
import struct

MAKS = 16 * 1024 * 1024
KEPALA = struct.Struct("!I")


def baca_tepat(sock, n):
    """Baca n byte.

    None bila aliran berakhir sebelum byte pertama, EOFError bila
    berakhir di tengah.
    """
    data = bytearray()
    while len(data) < n:
        bagian = sock.recv(min(n - len(data), 65536))
        if not bagian:
            if not data:
                return None
            raise EOFError("terpotong: %d dari %d byte" % (len(data), n))
        data += bagian
    return bytes(data)


def kirim(sock, isi):
    sock.sendall(KEPALA.pack(len(isi)) + isi)


def terima_panjang(sock):
    kepala = baca_tepat(sock, KEPALA.size)
    if kepala is None:
        return None
    (n,) = KEPALA.unpack(kepala)
    if n > MAKS:
        raise ValueError("panjang %d melebihi batas" % n)
    return n
