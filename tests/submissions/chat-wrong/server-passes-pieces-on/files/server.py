import socket
import sys
import threading

clients = []


def handle(client):
    while True:
        try:
            message = client.recv(1024)
            if not message:
                break
            for other in list(clients):
                other.send(message)
        except OSError:
            break
    clients.remove(client)
    client.close()


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(100)
while True:
    c, _ = s.accept()
    clients.append(c)
    threading.Thread(target=handle, args=(c,), daemon=True).start()
