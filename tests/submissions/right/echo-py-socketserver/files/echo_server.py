#!/usr/bin/env python3
"""Echo server memakai modul socketserver."""
import socketserver
import sys


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            try:
                data = self.request.recv(2048)
            except ConnectionResetError:
                return
            if not data:
                return
            try:
                self.request.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                return


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 32


if __name__ == "__main__":
    with Server(("0.0.0.0", int(sys.argv[2])), EchoHandler) as server:
        server.serve_forever()
