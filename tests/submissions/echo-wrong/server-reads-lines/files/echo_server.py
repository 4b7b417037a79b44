import socketserver
import sys


class EchoHandler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            baris = self.rfile.readline()
            if not baris:
                break
            self.wfile.write(baris)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 32


if __name__ == '__main__':
    import socket
    host = sys.argv[1]
    if ':' in host:
        Server.address_family = socket.AF_INET6
    with Server((host, int(sys.argv[2])), EchoHandler) as srv:
        srv.serve_forever()
