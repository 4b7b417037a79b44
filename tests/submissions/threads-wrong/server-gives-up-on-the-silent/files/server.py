import socketserver
import sys


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.settimeout(2)  # the dead must not keep their threads
        try:
            while data := self.request.recv(4096):
                self.request.sendall(data)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


with Server((sys.argv[1], int(sys.argv[2])), Echo) as server:
    server.serve_forever()
