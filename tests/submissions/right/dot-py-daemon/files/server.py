import os
import socket
import sys

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen(16)
if os.fork():
    os._exit(0)
os.setsid()
while True:
    client, _ = listener.accept()
    with client:
        message = b""
        try:
            while b"." not in message:
                data = client.recv(4096)
                if not data:
                    break
                message += data
            else:
                client.sendall(message[:message.index(b".") + 1])
        except OSError:
            pass
