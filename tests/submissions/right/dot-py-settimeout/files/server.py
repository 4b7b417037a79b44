import signal
import socket
import sys

jalan = True


def berhenti(signum, frame):
    global jalan
    jalan = False


signal.signal(signal.SIGTERM, berhenti)


def layani(conn):
    conn.settimeout(30)
    pesan = bytearray()
    while b'.' not in pesan:
        d = conn.recv(2048)
        if not d:
            return
        pesan.extend(d)
    conn.sendall(pesan[:pesan.index(b'.') + 1])


srv = socket.socket()
srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
srv.bind((sys.argv[1], int(sys.argv[2])))
srv.listen()
srv.settimeout(0.5)    # supaya Ctrl+C dan SIGTERM cepat terasa
while jalan:
    try:
        conn, _ = srv.accept()
    except socket.timeout:
        continue
    try:
        layani(conn)
    except OSError as e:
        print('client bermasalah:', e, flush=True)
    finally:
        conn.close()
