def recv_until(sock, akhir=b'.'):
    """Baca satu per satu sampai ketemu tanda akhir. None kalau koneksi putus duluan."""
    hasil = bytearray()
    while not hasil.endswith(akhir):
        satu = sock.recv(1)
        if satu == b'':
            return None
        hasil += satu
    return bytes(hasil)
