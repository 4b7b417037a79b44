import socket
import struct
import sys

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def deliver(s, number, data):
    header = struct.pack("!I", number)
    for _ in range(6):
        s.send(header + data)
        try:
            while s.recv(100) != header:
                pass
            return
        except TimeoutError:
            continue
    sys.exit("no acknowledgement")


with open(name, "rb") as f:
    content = f.read()
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((host, port))
s.settimeout(1)
number = 0
for at in range(0, len(content), 1000):
    deliver(s, number, content[at:at + 1000])
    number += 1
