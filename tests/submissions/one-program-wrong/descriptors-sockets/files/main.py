import socket
import sys

print("write to stdout")
print("write to stderr", file=sys.stderr)
sockets = [socket.socket() for _ in range(3)]
print(*[s.fileno() for s in sockets])
