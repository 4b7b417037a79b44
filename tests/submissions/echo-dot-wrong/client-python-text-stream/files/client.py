import socket
import sys

host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with socket.create_connection((host, port)) as connection:
    connection.sendall(message.encode())
    answer = ""
    with connection.makefile("r", encoding="utf-8") as stream:
        while not answer.endswith("."):
            character = stream.read(1)
            if not character:
                sys.exit("the server closed before the dot")
            answer += character
print(answer)
