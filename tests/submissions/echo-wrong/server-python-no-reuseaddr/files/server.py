import os
import signal
import socket
import sys

HOST = sys.argv[1]
PORT = int(sys.argv[2])

signal.signal(signal.SIGCHLD, signal.SIG_IGN)

info = socket.getaddrinfo(HOST, PORT, type=socket.SOCK_STREAM)[0]
server = socket.socket(info[0], info[1])
server.bind(info[4])
server.listen(64)
print('menunggu koneksi di', HOST, PORT)

while True:
    client, alamat = server.accept()
    pid = os.fork()
    if pid == 0:
        server.close()
        try:
            while True:
                pesan = client.recv(2048)
                if len(pesan) == 0:
                    break
                client.sendall(pesan)
        except OSError:
            pass
        client.close()
        os._exit(0)
    client.close()
