import select
import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=100)
everyone = [listener]
while True:
    ready, _, _ = select.select(everyone, [], [])
    for one in ready:
        if one is listener:
            everyone.append(listener.accept()[0])
            continue
        try:
            data = one.recv(4096)
        except OSError:
            data = b""
        if not data:
            everyone.remove(one)
            one.close()
            continue
        for other in everyone:
            if other not in (listener, one):
                try:
                    other.sendall(data)
                except OSError:
                    pass
