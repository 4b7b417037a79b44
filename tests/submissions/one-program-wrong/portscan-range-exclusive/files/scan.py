import socket
import sys

for port in range(int(sys.argv[2]), int(sys.argv[3])):
    with socket.socket() as s:
        s.settimeout(0.3)
        if s.connect_ex((sys.argv[1], port)) == 0:
            print(port)
