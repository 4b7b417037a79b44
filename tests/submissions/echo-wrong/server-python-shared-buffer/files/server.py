import socket, sys, threading
buf = bytearray(2048)
def serve(c):
    with c:
        while True:
            n = c.recv_into(buf)
            if not n: return
            c.sendall(memoryview(buf)[:n])
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    c, _ = s.accept()
    threading.Thread(target=serve, args=(c,), daemon=True).start()
