import os
import socket
import sys
import threading

server = socket.create_connection((sys.argv[1], int(sys.argv[2])))


def keyboard():
    for line in sys.stdin:
        server.sendall(line.encode())
    os._exit(0)


threading.Thread(target=keyboard, daemon=True).start()
with server.makefile("r", encoding="utf-8") as lines:
    for line in lines:
        print(line, end="", flush=True)
print("the server has gone", file=sys.stderr)
os._exit(0)
