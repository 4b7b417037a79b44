import socket
import sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
try:
    s.connect(sys.argv[1])
    s.send(sys.argv[2].encode())
    print(s.recv(4096))
except OSError as error:
    sys.exit(f"client: {error}")
