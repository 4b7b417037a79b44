import socket
import struct
import sys


def receive(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return data


def serve(connection):
    while True:
        header = receive(connection, 4)
        if header is None:
            return
        length = int.from_bytes(header, "little")
        if length > 16 << 20:
            return
        body = receive(connection, length)
        if body is None:
            return
        connection.sendall(header + body)


family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
server = socket.socket(family, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((sys.argv[1], int(sys.argv[2])))
server.listen()
while True:
    connection, _ = server.accept()
    with connection:
        try:
            serve(connection)
        except OSError:
            pass
