#!/usr/bin/env python3
import socket
import struct
import sys

HEADER = struct.Struct("!I")


def read_exactly(sock, count):
    data = b""
    while len(data) < count:
        part = sock.recv(count - len(data))
        if not part:
            raise ConnectionError("frame cut short at %d of %d bytes" % (len(data), count))
        data += part
    return data


def main(host, port, message):
    payload = message.encode("utf-8", "surrogateescape")
    with socket.create_connection((host, int(port))) as sock:
        sock.sendall(HEADER.pack(len(payload)) + payload)
        sock.settimeout(0.5)
        (size,) = HEADER.unpack(read_exactly(sock, HEADER.size))
        answer = read_exactly(sock, size)
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.write(b"\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: length_client.py HOST PORT MESSAGE")
    try:
        main(*sys.argv[1:])
    except OSError as error:
        sys.exit("length_client: %s" % error)
