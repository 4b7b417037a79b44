import socket
import struct
import sys

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((host, port))
peer, due, done = None, None, False
with open(name, "wb") as out:
    while not done:
        datagram, sender = s.recvfrom(2048)
        if peer is None:
            peer, due = sender, struct.unpack("!I", datagram[:4])[0]
        if sender != peer:
            continue
        number = struct.unpack("!I", datagram[:4])[0]
        if True:
            out.write(datagram[4:])
            due += 1
            if len(datagram) == 4:
                done = True
                out.flush()
        if True:
            s.sendto(datagram[:4], sender)
s.settimeout(3)
try:
    while True:
        datagram, sender = s.recvfrom(2048)
        s.sendto(datagram[:4], sender)
except TimeoutError:
    pass
