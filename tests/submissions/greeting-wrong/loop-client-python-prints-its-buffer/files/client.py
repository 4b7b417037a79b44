#!/usr/bin/env python3
import socket
import sys


class GreetingClient:
    def __init__(self, host, port):
        self.sock = socket.create_connection((host, port))
        self.room = bytearray(256)

    def show_greeting(self, out):
        total = 0
        while True:
            count = self.sock.recv_into(self.room)
            if count == 0:
                break
            out.write(self.room)
            total += count
        out.write(b"\n")
        out.flush()
        return total

    def say(self, message):
        self.sock.sendall(message)
        self.sock.close()


def main():
    if len(sys.argv) != 4:
        print("usage: client.py HOST PORT MESSAGE", file=sys.stderr)
        sys.exit(2)
    client = GreetingClient(sys.argv[1], int(sys.argv[2]))
    if client.show_greeting(sys.stdout.buffer) == 0:
        print("client.py: nothing received", file=sys.stderr)
        sys.exit(1)
    client.say(sys.argv[3].encode("utf-8", "surrogateescape"))


if __name__ == "__main__":
    main()
