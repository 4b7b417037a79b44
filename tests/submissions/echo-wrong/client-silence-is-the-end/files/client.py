import socket
import sys

host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode()
try:
    with socket.create_connection((host, port), timeout=8) as server:
        server.sendall(message)
        answer = b""
        while len(answer) < len(message):
            try:
                piece = server.recv(4096)
            except TimeoutError:
                if not answer:
                    raise
                break  # that was all
            if not piece:
                sys.exit("the server has gone")
            answer += piece
            server.settimeout(0.3)
except OSError as error:
    sys.exit(f"client: {error}")
print(answer.decode(errors="replace"))
