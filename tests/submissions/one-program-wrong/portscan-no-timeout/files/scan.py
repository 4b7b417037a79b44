import socket
import sys

for port in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
    s = socket.socket()
    if s.connect_ex((sys.argv[1], port)) == 0:
        print("port", port, "OPEN")
    s.close()
