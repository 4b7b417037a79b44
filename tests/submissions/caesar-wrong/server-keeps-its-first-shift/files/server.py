import socket, sys
key = None
def read(c):
    q = b''
    while not q.endswith(b'.'):
        d = c.recv(1)
        if not d: return None
        q += d
    return q
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, a = s.accept()
    with c:
        try:
            q = read(c)
            if not q or len(q) < 4: continue
            if key is None:
                key = int(q[1:3]) if q[1:3].isdigit() else 0
            k = key if q[:1] == b'e' else -key
            c.sendall(bytes((x - 97 + k) % 26 + 97 if 97 <= x <= 122 else x for x in q[3:]))
        except OSError:
            pass
