import select
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])
fam = socket.AF_INET6 if ':' in host else socket.AF_INET
server = socket.socket(fam, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((host, port))
server.listen(30)

daftar = [server]
while True:
    siap, _, _ = select.select(daftar, [], [])
    for sock in siap:
        if sock is server:
            client, addr = server.accept()
            daftar.append(client)
            print('masuk:', addr)
            continue
        data = sock.recv(4096)
        if data:
            sock.sendall(data)
        else:
            daftar.remove(sock)
            sock.close()
