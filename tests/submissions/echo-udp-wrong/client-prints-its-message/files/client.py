import socket, sys
a = (sys.argv[1], int(sys.argv[2]))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(3)
s.sendto(sys.argv[3].encode(), a)
try:
    s.recvfrom(65535)
except OSError:
    sys.exit("no reply")
print("Server echoed:", sys.argv[3])
