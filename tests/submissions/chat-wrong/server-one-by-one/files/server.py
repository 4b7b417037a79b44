import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=100)
members = []
while True:
    members.append(listener.accept()[0])
    if len(members) < 2:
        continue
    for member in members:
        try:
            line = member.recv(4096)
            for other in members:
                if other is not member:
                    other.sendall(line)
        except OSError:
            pass
