import socket, sys
msg = sys.argv[3].encode('ascii', 'ignore')
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
s.sendall(msg)
r = b''
while len(r) < len(msg):
    x = s.recv(4096)
    if not x: sys.exit('eof')
    r += x
print(r.decode('ascii'))
