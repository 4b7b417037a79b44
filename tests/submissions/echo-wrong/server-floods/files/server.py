import socket
import sys
import threading


def layani(client):
    try:
        while True:
            pesan = client.recv(1024)
            client.sendall(b"gema: " + pesan)
    except OSError:
        client.close()


pintu = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    client, dari = pintu.accept()
    threading.Thread(target=layani, args=(client,), daemon=True).start()
