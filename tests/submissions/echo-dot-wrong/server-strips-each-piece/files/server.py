import socket
import sys

listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, address = listener.accept()
    with client:
        try:
            message = b""
            while b"." not in message:
                piece = client.recv(1024)
                if not piece:
                    break
                message += piece.strip()
            else:
                client.sendall(message[:message.index(b".") + 1])
                client.shutdown(socket.SHUT_WR)
                client.settimeout(1)
                while client.recv(1024):
                    pass
        except OSError as e:
            print(address, e)
