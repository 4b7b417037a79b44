import socket
import sys

with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection:
    greeting = connection.makefile("rb").read()
    if not greeting:
        sys.exit("no greeting came")
    print(greeting.decode(), end="")
    connection.sendall(sys.argv[3].encode())
