import socket, struct, sys
def read_n(c, n):
    parts = []
    while n > 0:
        d = c.recv(n)
        if not d:
            break
        parts.append(d)
        n -= len(d)
    return b''.join(parts)
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, a = s.accept()
    try:
        while True:
            h = read_n(c, 4)
            if h == b'':
                break
            (n,) = struct.unpack('!I', h)
            if n > 16 * 1024 * 1024:
                break
            body = read_n(c, n)
            if len(body) < n:
                break
            c.sendall(h + body)
    except OSError:
        pass
    c.close()
