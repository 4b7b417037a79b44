import socket, sys
host, port, mode, shift, text = sys.argv[1:]
def caesar(t, k):
    return "".join(chr((ord(c) - 97 + k) % 26 + 97) if "a" <= c <= "z" else c for c in t)
s = socket.create_connection((host, int(port)))
s.sendall((mode + shift + text + ".").encode())
a = b""
while not a.endswith(b"."):
    d = s.recv(4096)
    if not d: sys.exit("closed")
    a += d
k = int(shift)
print(caesar(text, k if mode == "e" else -k) + ".")
