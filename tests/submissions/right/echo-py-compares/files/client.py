import socket
import sys

host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
with socket.create_connection((host, port)) as connection:
    connection.sendall(message)
    echo = b""
    while len(echo) < len(message):
        piece = connection.recv(4096)
        if not piece:
            sys.exit("the echo ended early")
        echo += piece
if echo != message:
    sys.exit("that is not what was sent")
print("the echo is right:", echo.decode())
