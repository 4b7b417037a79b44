import socketserver
import sys


class Baris(socketserver.StreamRequestHandler):
    def handle(self):
        for baris in self.rfile:
            if baris.endswith(b"\n"):
                self.wfile.write(baris)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if ":" in sys.argv[1]:
    Server.address_family = __import__("socket").AF_INET6
Server((sys.argv[1], int(sys.argv[2])), Baris).serve_forever()
