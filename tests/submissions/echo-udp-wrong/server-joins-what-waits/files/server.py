import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.setblocking(True)
while True:
    data, addr = s.recvfrom(65535)
    s.setblocking(False)
    try:
        while True:
            more, addr = s.recvfrom(65535)
            data += more
    except BlockingIOError:
        pass
    s.setblocking(True)
    try:
        s.sendto(data, addr)
    except OSError as e:
        print(e)
