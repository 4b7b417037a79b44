import socket
import sys

try:
    for entry in socket.getaddrinfo(sys.argv[1], sys.argv[2], 0, 0, 0, socket.AI_CANONNAME):
        print(entry)
except socket.gaierror as e:
    print(e, file=sys.stderr)
    sys.exit(1)
