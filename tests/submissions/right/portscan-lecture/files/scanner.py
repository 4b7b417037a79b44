import socket

if __name__ == '__main__':
    target = input('target: ')

    for port in range(20, 1025):
        s = socket.socket()
        s.settimeout(0.01)  # dalam detik

        result = s.connect_ex((target, port))

        if result == 0:
            print('port %d: OPEN' % port)

        s.close()
