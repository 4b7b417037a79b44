import socket
import sys

if len(sys.argv) != 4:
    print('Usage: python server.py <nama> <host> <port>')
    sys.exit(0)

nama, host, port = sys.argv[1:]
s = socket.create_server((host, int(port)))
print(nama, 'menunggu')
while True:
    c, _ = s.accept()
    c.sendall(c.recv(1024))
    c.close()
