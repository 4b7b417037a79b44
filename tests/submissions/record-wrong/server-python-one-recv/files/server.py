import socket
import sys


def answer(line):
    fields, escaped = [bytearray()], False
    for byte in line:
        if not escaped and byte == 0x5C:
            escaped = True
        elif not escaped and byte == 0x7C:
            fields.append(bytearray())
        else:
            fields[-1].append(byte)
            escaped = False
    if len(fields) != 5:
        return b"ERR %d fields\n" % len(fields)
    return b"OK %d\n" % len(fields[4])


def serve(client):
    while line := client.recv(65536):
        client.sendall(answer(line.rstrip(b"\n")))


listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, _ = listener.accept()
    with client:
        try:
            serve(client)
        except OSError:
            pass
