import socket
import sys
import time

listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=128)
listener.setblocking(False)
clients = {}  # socket -> what it is still to get, or None where it has ended its stream


def one_round():
    busy = False
    try:
        connection, _ = listener.accept()
        connection.setblocking(False)
        clients[connection] = [b"", False]
        busy = True
    except BlockingIOError:
        pass
    for connection, state in list(clients.items()):
        try:
            if not state[1] and len(state[0]) < 65536:
                data = connection.recv(65536)
                state[0] += data
                state[1] = not data
                busy = True
        except BlockingIOError:
            pass
        except OSError:
            connection.close()
            del clients[connection]
            continue
        try:
            if state[0]:
                state[0] = state[0][connection.send(state[0]):]
                busy = True
        except BlockingIOError:
            pass
        except OSError:
            state[0], state[1] = b"", True
        if state[1] and not state[0]:
            connection.close()
            del clients[connection]
    return busy


while True:
    if not one_round():
        time.sleep(0.01)
