import socket
import sys

s = socket.socket()
s.settimeout(0.3)
for port in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
    if s.connect_ex((sys.argv[1], port)) == 0:
        print("port", port, "OPEN")
