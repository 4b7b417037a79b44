import socket
import sys
import threading


def layani(c):
    c.sendall(c.recv(1024))
    c.close()


s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, _ = s.accept()
    threading.Thread(target=layani, args=(c,)).start()
