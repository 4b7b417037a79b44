# SPDX-License-Identifier: MIT
import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, _ = listener.accept()
    while data := client.recv(256):
        client.sendall(b"%d\n" % len(data))
    client.close()
