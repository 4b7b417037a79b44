import os
import selectors
import socket
import sys

server = socket.create_connection((sys.argv[1], int(sys.argv[2])))
server.setblocking(False)
pending = b""
selector = selectors.DefaultSelector()
selector.register(server, selectors.EVENT_READ)
selector.register(0, selectors.EVENT_READ)
reading_input, over = True, False
while True:
    for key, events in selector.select():
        if key.fileobj == 0:
            data = os.read(0, 65536)
            pending += data
            over = not data
            selector.unregister(0)
            reading_input = False
            if over:
                server.shutdown(socket.SHUT_WR)
        elif events & selectors.EVENT_READ:
            data = server.recv(65536)
            if not data:
                sys.exit(0)
            os.write(1, data)
    if pending:
        try:
            pending = pending[server.send(pending):]
        except BlockingIOError:
            pass
    selector.modify(server, selectors.EVENT_READ | (selectors.EVENT_WRITE if pending else 0))
    if not pending and not over and not reading_input:
        selector.register(0, selectors.EVENT_READ)
        reading_input = True
