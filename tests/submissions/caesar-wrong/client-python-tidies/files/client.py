import socket
import sys

host, port, mode, shift, text = sys.argv[1:6]
with socket.create_connection((host, int(port))) as connection:
    connection.sendall(f"{mode}{shift}{' '.join(text.split())}.".encode())
    answer = b""
    while not answer.endswith(b"."):
        data = connection.recv(4096)
        if not data:
            sys.exit("the server closed before the dot")
        answer += data
print(answer.decode())
