import socket, sys
port = int(sys.argv[2])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], port))
while True:
    data, (ip, _) = s.recvfrom(65535)
    s.sendto(data, (ip, port + 1))     # clients listen on the next port
