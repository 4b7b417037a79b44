import socket
import sys

with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as server:
    line = b""
    for number, word in enumerate(sys.argv[3:]):
        line += b"|" if number else b""
        for byte in word.encode("utf-8", "surrogateescape"):
            line += b"\\" * (byte in b"|\\") + bytes([byte])
    server.sendall(line + b"\n")
    answer = server.makefile("rb").readline()
    if not answer.endswith(b"\n"):
        sys.exit("the answer is not whole")
    print("the server says:", answer.decode().strip())
