import socket
import sys
import threading

lock = threading.Lock()


def serve(client):
    with client:
        try:
            while data := client.recv(4096):
                with lock:
                    client.sendall(data)
        except OSError:
            pass


listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=128)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
