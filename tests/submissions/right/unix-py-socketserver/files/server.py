import os
import socketserver
import sys


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            data = self.request.recv(1024)
            if not data:
                return
            try:
                self.request.sendall(data)
            except BrokenPipeError:
                return


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


if os.path.exists(sys.argv[1]):
    os.remove(sys.argv[1])
with Server(sys.argv[1], Handler) as server:
    server.serve_forever()
