import socket
import sys

server = socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
while True:
    connection, address = server.accept()
    with connection:
        try:
            connection.sendall(f"Hello, {address[0]}:{address[1]}!\n".encode())
        except OSError:
            pass
