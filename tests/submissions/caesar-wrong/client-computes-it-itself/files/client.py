import socket
import sys


def main():
    host, port, mode, shift, teks = sys.argv[1:6]
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect((host, int(port)))
        s.sendall((mode + shift + teks + '.').encode())
        n = int(shift) if mode == 'e' else -int(shift)
        msg = bytes((c - 97 + n) % 26 + 97 if 97 <= c <= 122 else c for c in teks.encode()) + b'.'
    except (OSError, EOFError) as e:
        print('error:', e, file=sys.stderr)
        sys.exit(1)
    print('balasan server: %s' % msg.decode())
    s.close()


if __name__ == '__main__':
    main()
