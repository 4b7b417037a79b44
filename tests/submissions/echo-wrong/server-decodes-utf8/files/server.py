import socket
import sys
import threading


def handle(conn, addr):
    print('terhubung', addr)
    with conn:
        while True:
            data = conn.recv(1024)
            if not data:
                break
            pesan = data.decode()
            print(addr, 'mengirim', len(pesan), 'karakter')
            conn.sendall(pesan.encode())


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    fam = socket.AF_INET6 if ':' in host else socket.AF_INET
    s = socket.socket(fam, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port))
    s.listen(20)
    while True:
        conn, addr = s.accept()
        t = threading.Thread(target=handle, args=(conn, addr), daemon=True)
        t.start()


main()
