import select
import socket
import sys

SIZE = 4096
EDGE = select.EPOLLIN | select.EPOLLOUT | select.EPOLLET


class Client:
    def __init__(self, sock):
        self.sock = sock
        self.waiting = b""

    def flush(self):
        while self.waiting:
            self.waiting = self.waiting[self.sock.send(self.waiting):]

    def work(self):
        """Returns False when the client has gone."""
        try:
            while True:
                self.flush()
                data = self.sock.recv(SIZE)
                if not data:
                    return False
                self.waiting = data
                if len(data) < SIZE:
                    self.flush()
                    return True
        except BlockingIOError:
            return True
        except OSError:
            return False


listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=64)
listener.setblocking(False)
poller = select.epoll()
poller.register(listener, select.EPOLLIN)
clients = {}
while True:
    for fd, _ in poller.poll():
        if fd == listener.fileno():
            sock, _ = listener.accept()
            sock.setblocking(False)
            clients[sock.fileno()] = Client(sock)
            poller.register(sock, EDGE)
        elif not clients[fd].work():
            poller.unregister(fd)
            clients.pop(fd).sock.close()
