import socket
import sys

try:
    for r in socket.getaddrinfo(*sys.argv[1:3], flags=socket.AI_CANONNAME):
        print(r)
except OSError as e:
    print("gagal:", e)
