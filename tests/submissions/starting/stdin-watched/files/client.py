import os
import socket
import sys
import threading
import time


def watch_input():
    for line in sys.stdin:
        if line.strip() == "quit":
            os._exit(1)


threading.Thread(target=watch_input, daemon=True).start()
host, port, message = sys.argv[1], int(sys.argv[2]), os.fsencode(sys.argv[3])
answer = bytearray()


def receive(sock):
    while len(answer) < len(message):
        data = sock.recv(4096)
        if not data:
            break
        answer.extend(data)


with socket.create_connection((host, port)) as sock:
    receiver = threading.Thread(target=receive, args=(sock,))
    receiver.start()
    step = max(1, len(message) // 3)
    for start in range(0, len(message), step):
        sock.sendall(message[start:start + step])
        time.sleep(0.05)
    receiver.join()
sys.stdout.buffer.write(bytes(answer) + b"\n")
sys.stdout.flush()
if len(answer) < len(message):
    print("the server ended too early", file=sys.stderr)
    os._exit(1)
os._exit(0)
