import socket
import sys

host, port, message = sys.argv[1], int(sys.argv[2]), sys.argv[3]
client = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.sendto(message.encode(), (host, port))
data, server = client.recvfrom(1024)
print(data.decode())
