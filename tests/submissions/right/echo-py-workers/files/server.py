import queue
import socket
import sys
import threading

antrian = queue.Queue()


def pekerja():
    buf = bytearray(1500)
    pandangan = memoryview(buf)
    while True:
        c = antrian.get()
        try:
            while n := c.recv_into(buf):
                kirim = 0
                while kirim < n:
                    kirim += c.send(pandangan[kirim:n])
        except OSError:
            pass
        c.close()


for _ in range(20):
    threading.Thread(target=pekerja, daemon=True).start()

s = socket.create_server(('', int(sys.argv[2])), backlog=40)
while True:
    antrian.put(s.accept()[0])
