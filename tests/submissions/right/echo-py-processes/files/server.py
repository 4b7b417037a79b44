import multiprocessing
import socket
import sys


def tugas(conn):
    with conn:
        try:
            while True:
                data = conn.recv(8192)
                if not data:
                    return
                conn.sendall(data)
        except OSError:
            return


def main():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(('', int(sys.argv[2])))
    server.listen()
    while True:
        conn, _ = server.accept()
        p = multiprocessing.Process(target=tugas, args=(conn,), daemon=True)
        p.start()
        conn.close()
        multiprocessing.active_children()  # sekaligus membersihkan zombie


if __name__ == '__main__':
    multiprocessing.set_start_method('fork')
    main()
