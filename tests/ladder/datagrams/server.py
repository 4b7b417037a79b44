"""An echo server that first sends itself two datagrams, at fixed addresses, and waits for them."""
import socket
import sys

inbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
inbox.bind(("127.0.0.1", 6007))
outbox = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
outbox.sendto(b"one", ("127.0.0.1", 6007))
outbox.sendmsg([b"t", b"wo"], [], 0, ("127.0.0.1", 6007))
assert inbox.recv(100) == b"one" and inbox.recv(100) == b"two"

listener = socket.create_server(("0.0.0.0", int(sys.argv[1])))
while True:
    connection, _ = listener.accept()
    while data := connection.recv(4096):
        connection.sendall(data)
    connection.close()
