import socket
import sys
import threading

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))


def hear():
    while True:
        data = s.recv(4096)
        if not data:
            break
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


threading.Thread(target=hear, daemon=True).start()
for line in sys.stdin:
    s.sendall(line.encode())
