import socket
import sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect("./my_socket")
s.sendall(sys.argv[2].encode())
print(s.recv(4096).decode(errors="replace"))
s.close()
