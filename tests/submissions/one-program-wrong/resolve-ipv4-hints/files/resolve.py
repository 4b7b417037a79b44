import socket
import sys

try:
    results = socket.getaddrinfo(*sys.argv[1:3], family=socket.AF_INET, flags=socket.AI_CANONNAME)
except OSError as e:
    sys.exit(str(e))
for r in results:
    print(r)
