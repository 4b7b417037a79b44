import socket
import sys

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 5)
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen(1)
client, _ = listener.accept()
try:
    client.sendall(b"Selamat datang di server ini\n")
except OSError:
    pass
client.close()
listener.close()
