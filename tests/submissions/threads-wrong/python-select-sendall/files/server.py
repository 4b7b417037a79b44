import select
import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=128)
clients = []
while True:
    ready, _, _ = select.select([listener, *clients], [], [])
    for one in ready:
        if one is listener:
            clients.append(listener.accept()[0])
            continue
        try:
            data = one.recv(4096)
            one.sendall(data)
        except OSError:
            data = b""
        if not data:
            clients.remove(one)
            one.close()
