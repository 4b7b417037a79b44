import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
while True:
    try:
        c, a = s.accept()
    except OSError:
        time.sleep(0.2)
        continue
    c.sendall(c.recv(1024))
    c.close()
