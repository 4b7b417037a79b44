import os
import socket
import sys
import threading


def send_input():
    try:
        while data := os.read(0, 4096):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as error:
    sys.exit(f"telnet: {error}")
threading.Thread(target=send_input, daemon=True).start()
while data := server.recv(4096):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
os._exit(0)
