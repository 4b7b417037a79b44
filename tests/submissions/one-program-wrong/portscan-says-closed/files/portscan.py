import socket
import sys

for port in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
    with socket.socket() as s:
        s.settimeout(0.3)
        state = "open" if s.connect_ex((sys.argv[1], port)) == 0 else "closed"
        print(f"port {port} {state}")
