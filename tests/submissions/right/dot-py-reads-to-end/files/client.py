import socket
import sys


def main():
    host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect((host, port))
        s.sendall(pesan.encode())
        jawaban = b''
        # server menutup koneksi setelah menjawab, jadi baca sampai habis
        while True:
            data = s.recv(1024)
            if not data:
                break
            jawaban += data
    except OSError as e:
        print('Error:', e, file=sys.stderr)
        return 1
    finally:
        s.close()
    if not jawaban.endswith(b'.'):
        print('Error: jawaban terpotong', file=sys.stderr)
        return 1
    print('Jawaban:', jawaban.decode())
    return 0


sys.exit(main())
