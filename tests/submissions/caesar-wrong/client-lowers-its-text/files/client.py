import socket, sys
host, port, mode, shift, text = sys.argv[1:]
s = socket.create_connection((host, int(port)))
s.sendall((mode + shift + text.lower() + ".").encode())
a = b""
while not a.endswith(b"."):
    d = s.recv(4096)
    if not d: sys.exit("closed")
    a += d
print(a.decode(errors="replace"))
