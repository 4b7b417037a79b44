import socket
import sys


def recv_until(s):
    temp = b''
    while not temp.endswith(b'.'):
        c = s.recv(1)
        if c == b'':
            raise EOFError('jawaban terputus')
        temp += c
    return temp


def main():
    host, port, mode, shift, teks = sys.argv[1:6]
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        s.connect((host, int(port)))
        s.sendall((mode + shift + teks + '.').encode())
        msg = recv_until(s)
    except (OSError, EOFError) as e:
        print('error:', e, file=sys.stderr)
        sys.exit(1)
    print('balasan server: %s' % msg.decode())
    s.close()
    sys.exit(True)


if __name__ == '__main__':
    main()
