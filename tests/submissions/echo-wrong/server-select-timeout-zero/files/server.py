import select
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])
ls = socket.create_server((host, port), backlog=40, family=socket.AF_INET6 if ':' in host else socket.AF_INET)
clients = []
while True:
    r, _, _ = select.select([ls] + clients, [], [], 0)
    for c in r:
        if c is ls:
            baru, _ = ls.accept()
            clients.append(baru)
            continue
        try:
            data = c.recv(2048)
            if data:
                c.sendall(data)
        except OSError:
            data = b''
        if not data:
            clients.remove(c)
            c.close()
