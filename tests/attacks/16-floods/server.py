# What a server sends without being asked does not fill the examiner's memory.
# attack: status=failed rungs=full
import socket, sys
from attack import *

say("TRIED")
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    client, _ = listener.accept()
    piece = b"\xff" * (1 << 20)
    try:
        for _ in range(200):
            client.sendall(piece)
    except OSError:
        pass
    pause_for_ever()
