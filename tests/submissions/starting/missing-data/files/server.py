import json
import socket
import sys

with open('C:/Users/andi/Documents/tabel.json') as f:
    tabel = json.load(f)

s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, _ = s.accept()
    c.close()
