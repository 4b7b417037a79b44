import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, address = listener.accept()
    message = ""
    while "\n" not in message:  # nothing is read here any more
        message += ""
