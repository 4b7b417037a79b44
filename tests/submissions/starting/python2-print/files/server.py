import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(2)
while True:
    conn, addr = s.accept()
    print addr, "sudah terhubung"
    pesan = ''
    while not pesan.endswith('.'):
        huruf = conn.recv(1)
        if not huruf:
            break
        pesan += huruf
    conn.sendall(pesan)
    conn.close()
