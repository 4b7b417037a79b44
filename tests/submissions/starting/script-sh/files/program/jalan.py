import socketserver
import sys


class Titik(socketserver.BaseRequestHandler):
    def handle(self):
        data = b''
        while b'.' not in data:
            d = self.request.recv(1000)
            if not d:
                return
            data += d
        self.request.sendall(data.split(b'.')[0] + b'.')

    def finish(self):
        self.request.close()


class Server(socketserver.TCPServer):
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        print('client', client_address, 'bermasalah', file=sys.stderr)


Server((sys.argv[1], int(sys.argv[2])), Titik).serve_forever()
