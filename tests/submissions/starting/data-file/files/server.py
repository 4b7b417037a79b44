import json
import socketserver
import sys

with open('kunci/alfabet.json') as f:
    KUNCI = json.load(f)

HURUF = KUNCI['kecil'].encode()


class Caesar(socketserver.StreamRequestHandler):
    def handle(self):
        permintaan = b''
        while not permintaan.endswith(b'.'):
            b = self.rfile.read(1)
            if not b:
                return
            permintaan += b
        try:
            n = int(permintaan[1:3].decode('ascii'))
        except ValueError:
            n = KUNCI['default']
        n = (-n if permintaan[0] == ord('d') else n) % 26
        tabel = bytes.maketrans(HURUF, HURUF[n:] + HURUF[:n])
        self.wfile.write(permintaan[3:].translate(tabel))


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((sys.argv[1], int(sys.argv[2])), Caesar).serve_forever()
