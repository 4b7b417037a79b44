import socket
import sys

try:
    results = socket.getaddrinfo(*sys.argv[1:3], flags=socket.AI_CANONNAME)
except OSError as e:
    sys.exit(str(e))
name = results[0][3]
for family, kind, protocol, _, address in sorted(results, key=lambda r: (r[4][0], r[1])):
    print(family.name, kind.name, protocol, name, address)
