#!/usr/bin/env python3
import socket
import sys


def main(host, port, message):
    data = message.encode("utf-8")
    with socket.create_connection((host, int(port))) as sock:
        f = sock.makefile("rwb")
        f.write(data)
        f.flush()
        reply = f.read(len(data))
    if len(reply) != len(data):
        raise EOFError("balasan terpotong: %d dari %d byte" % (len(reply), len(data)))
    print(reply.decode("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])
