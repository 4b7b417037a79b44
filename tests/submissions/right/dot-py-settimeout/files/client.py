import logging
import socket
import sys

logging.basicConfig(level=logging.INFO, format='%(asctime)s %(levelname)s %(message)s')
log = logging.getLogger('client')


def minta(host, port, pesan):
    with socket.create_connection((host, port), timeout=9) as s:
        s.sendall(pesan)
        hasil = b''
        while not hasil.endswith(b'.'):
            d = s.recv(1)
            if not d:
                raise ConnectionError('server menutup koneksi')
            hasil += d
        return hasil


try:
    jawab = minta(sys.argv[1], int(sys.argv[2]), sys.argv[3].encode())
except OSError:
    log.exception('gagal')
    sys.exit(1)
log.info('jawaban: %s', jawab.decode())
