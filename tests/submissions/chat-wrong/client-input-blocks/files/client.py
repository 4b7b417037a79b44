import socket
import sys

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
while True:
    try:
        text = input("you: ")
    except EOFError:
        break
    s.sendall(text.encode() + b"\n")
    print(s.recv(1024).decode())
