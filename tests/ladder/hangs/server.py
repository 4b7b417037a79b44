"""An echo server that takes all and answers nothing."""
import socket
import sys

listener = socket.create_server(("0.0.0.0", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    while connection.recv(4096):
        pass
