import os
import socket
import sys

message = os.fsencode(sys.argv[2])
with socket.socket(socket.AF_UNIX) as s:
    s.connect(sys.argv[1])
    with s.makefile("rwb") as stream:
        stream.write(message)
        stream.flush()
        answer = stream.read(len(message))
if len(answer) < len(message):
    sys.exit("cut off")
print(answer)
