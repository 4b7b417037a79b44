import os
import socket
import sys

fields = [os.fsencode(word).replace(b"|", b"\\|").replace(b"\\", b"\\\\") for word in sys.argv[3:]]
try:
    server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    server.sendall(b"|".join(fields) + b"\n")
    answer = server.makefile("rb").readline()
except OSError as error:
    sys.exit(str(error))
if not answer.endswith(b"\n"):
    sys.exit("cut off")
sys.stdout.buffer.write(answer)
