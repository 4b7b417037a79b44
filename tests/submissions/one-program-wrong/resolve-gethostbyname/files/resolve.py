import socket
import sys

try:
    address = socket.gethostbyname(sys.argv[1])
    port = socket.getservbyname(sys.argv[2], "tcp") if not sys.argv[2].isdigit() else int(sys.argv[2])
except OSError as e:
    sys.exit(str(e))
print("AF_INET SOCK_STREAM IPPROTO_TCP", socket.gethostbyname_ex(sys.argv[1])[0], address, port)
