import socket
import sys

with socket.create_server((sys.argv[1], int(sys.argv[2]))) as server:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(b"Hello\n")
        except ConnectionError as error:
            print(error, file=sys.stderr)
