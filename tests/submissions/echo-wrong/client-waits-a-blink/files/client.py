import socket
import sys

host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
try:
    with socket.create_connection((host, port), timeout=0.25) as server:
        server.sendall(message)
        answer = b""
        while len(answer) < len(message):
            piece = server.recv(4096)
            if not piece:
                sys.exit("the answer is cut off")
            answer += piece
        print(answer.decode())
except OSError as e:
    sys.exit(f"no echo: {e}")
