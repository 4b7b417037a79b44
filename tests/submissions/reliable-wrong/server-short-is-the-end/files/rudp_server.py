"""Stop-and-wait receiver.   python3 rudp_server.py HOST PORT FILE"""
import socket
import struct
import sys
import time

HEADER = struct.Struct("!I")
BLOCK = 1024
LINGER = 2.0


class Receiver:
    def __init__(self, host, port):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind((host, port))
        self.expected = None

    def datagrams(self):
        while True:
            data, peer = self.sock.recvfrom(65536)
            if not data:
                yield None, b"", peer
            elif len(data) >= HEADER.size:
                number, = HEADER.unpack_from(data)
                yield number, data[HEADER.size:], peer

    def ack(self, number, peer):
        self.sock.sendto(HEADER.pack(number), peer)

    def receive(self, out):
        for number, payload, peer in self.datagrams():
            if number is None:
                out.close()
                return
            if self.expected is None:
                self.expected = number
            if number > self.expected:
                continue
            if number == self.expected:
                out.write(payload)
                self.expected += 1
                if len(payload) < BLOCK:
                    out.close()
                    self.ack(number, peer)
                    return
            self.ack(number, peer)

    def linger(self):
        self.sock.settimeout(LINGER)
        stop = time.monotonic() + 4 * LINGER
        try:
            for number, payload, peer in self.datagrams():
                if number is not None and (not payload or number < self.expected):
                    self.ack(number, peer)
                if time.monotonic() > stop:
                    break
        except socket.timeout:
            pass


def main(argv):
    if len(argv) != 4:
        print("usage:", argv[0], "HOST PORT FILE", file=sys.stderr)
        return 2
    try:
        receiver = Receiver(argv[1], int(argv[2]))
        with open(argv[3], "wb") as out:
            receiver.receive(out)
        receiver.linger()
    except (OSError, ValueError) as error:
        print(f"{argv[0]}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
