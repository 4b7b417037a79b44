import os
import socket
import sys


def greeting_file():
    file = os.memfd_create("salam", os.MFD_CLOEXEC)
    with os.fdopen(os.dup(file), "wb") as out:
        out.write(b"Selamat datang di server salam.\n" * 40)
    return file


def greet(client, file):
    size = os.fstat(file).st_size
    sent = 0
    while sent < size:
        sent += os.sendfile(client.fileno(), file, sent, size - sent)


greeting = greeting_file()
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        client, _ = listener.accept()
        try:
            greet(client, greeting)
        except OSError as error:
            print(error, file=sys.stderr)
        finally:
            client.close()
