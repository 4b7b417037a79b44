import socket
import sys
import threading


def layani(conn, addr):
    try:
        while True:
            data = conn.recv(4096)
            if not data:
                break
            conn.sendall(data)
    except OSError as e:
        print('client', addr, 'error:', e)
    finally:
        conn.close()


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    if ':' in host:
        host = ''
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port))
    s.listen(50)
    print('Server berjalan di', (host, port))
    while True:
        conn, addr = s.accept()
        print('Terhubung dengan', addr)
        threading.Thread(target=layani, args=(conn, addr), daemon=True).start()


if __name__ == '__main__':
    main()
