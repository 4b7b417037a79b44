import socket, sys
host, port, message = sys.argv[1:4]
s = socket.create_connection((host, int(port)))
out = message.encode()
s.sendall(out)
left = len(out)
while left > 0:
    d = s.recv(min(left, 4096))
    if not d:
        print("closed", file=sys.stderr); sys.exit(1)
    left -= len(d)
print("Echo from server:", message)
