import socket
import sys


def undo(field):
    return field.replace(b"\\|", b"|").replace(b"\\\\", b"\\")


def answer(line):
    fields = line.split(b"|")
    if len(fields) != 5:
        return b"ERR %d fields\n" % len(fields)
    return b"OK %d\n" % len(undo(fields[4]))


def serve(client):
    data = b""
    while piece := client.recv(65536):
        data += piece
        while b"\n" in data:
            line, _, data = data.partition(b"\n")
            client.sendall(answer(line))


listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, _ = listener.accept()
    with client:
        try:
            serve(client)
        except OSError:
            pass
