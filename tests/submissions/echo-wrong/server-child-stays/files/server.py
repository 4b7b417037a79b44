import os
import signal
import socket
import sys

HOST = sys.argv[1]
PORT = int(sys.argv[2])

signal.signal(signal.SIGCHLD, signal.SIG_IGN)

info = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)[0]
server = socket.socket(info[0], info[1])
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(info[4])
server.listen(50)
print('menunggu koneksi di', HOST, PORT)

while True:
    client, alamat = server.accept()
    pid = os.fork()
    if pid == 0:
        try:
            while True:
                pesan = client.recv(2048)
                if len(pesan) == 0:
                    break
                client.sendall(pesan)
        except OSError:
            pass
        client.close()
        continue
    client.close()
