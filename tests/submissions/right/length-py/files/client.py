import socket
import struct
import sys


def receive(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            sys.exit("the frame was cut short")
        data += piece
    return data


message = sys.argv[3].encode()
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    connection.sendall(struct.pack("!I", len(message)) + message)
    (length,) = struct.unpack("!I", receive(connection, 4))
    print(receive(connection, length))
