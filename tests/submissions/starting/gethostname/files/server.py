import socket
import sys

s = socket.socket()
host = socket.gethostname()
port = int(sys.argv[2])
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((host, port))

s.listen(5)
while True:
    c, addr = s.accept()
    print('Got connection from', addr)
    try:
        p = b''
        while not p.endswith(b'.'):
            q = c.recv(1)
            if not q:
                break
            p += q
        else:
            c.sendall(p)
    except OSError as e:
        print('error', e)
    c.close()
