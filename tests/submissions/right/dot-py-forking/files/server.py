import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    wbufsize = -1

    def handle(self):
        pesan = bytearray()
        while True:
            c = self.rfile.read1(512)
            if not c:
                return
            pesan += c
            i = pesan.find(b'.')
            if i >= 0:
                break
        self.wfile.write(pesan[:i + 1])


class Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True


host, port = sys.argv[1:3]
Server((host, int(port)), Handler).serve_forever()
