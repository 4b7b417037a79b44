import os, socket, sys
here = os.path.dirname(os.path.abspath(__file__))
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)
c, who = s.accept()
s.close()
try:
    with open(os.path.join(here, "hello.txt"), "rb") as f:
        os.sendfile(c.fileno(), f.fileno(), 0, 1000)
    c.shutdown(socket.SHUT_WR)
except OSError as e:
    print("lost", who, e)
c.close()
