import SocketServer
import sys


class Handler(SocketServer.BaseRequestHandler):
    def handle(self):
        data = ''
        while '.' not in data:
            data += self.request.recv(1024)
        self.request.sendall(data)


server = SocketServer.TCPServer((sys.argv[1], int(sys.argv[2])), Handler)
server.serve_forever()
