import socket
import sys


def recv_all(sock, length):
    data = b''
    while len(data) < length:
        try:
            more = sock.recv(length - len(data))
        except ConnectionError:
            break
        if not more:
            raise EOFError('panjang tidak sesuai')
        data += more
    return data


host, port, pesan = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode('utf-8')
s = socket.create_connection((host, port))
s.sendall(pesan)
balasan = recv_all(s, len(pesan))
print('server membalas:', balasan.decode('utf-8', 'replace'))
s.close()
