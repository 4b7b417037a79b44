#!/usr/bin/env python3
# Echo server dengan modul selectors
import selectors
import socket
import sys
import types

sel = selectors.DefaultSelector()


def terima(lsock):
    conn, addr = lsock.accept()
    conn.setblocking(False)
    data = types.SimpleNamespace(addr=addr, keluar=b'', tutup=False)
    sel.register(conn, selectors.EVENT_READ, data=data)


def selesai(sock):
    sel.unregister(sock)
    sock.close()


def layani(key, mask):
    sock, data = key.fileobj, key.data
    try:
        if mask & selectors.EVENT_READ:
            masuk = sock.recv(4096)
            if masuk:
                data.keluar += masuk
            else:
                selesai(sock)
                return
        if data.keluar:
            n = sock.send(data.keluar)
            data.keluar = data.keluar[n:]
    except BlockingIOError:
        pass
    except OSError:
        selesai(sock)
        return
    if data.tutup and not data.keluar:
        selesai(sock)
        return
    ev = 0
    if not data.tutup and len(data.keluar) < 1 << 20:
        ev |= selectors.EVENT_READ
    if data.keluar:
        ev |= selectors.EVENT_WRITE
    sel.modify(sock, ev, data=data)


host, port = sys.argv[1], int(sys.argv[2])
lsock = socket.create_server((host, port), backlog=50,
                             family=socket.AF_INET6 if ':' in host else socket.AF_INET)
lsock.setblocking(False)
sel.register(lsock, selectors.EVENT_READ, data=None)
while True:
    for key, mask in sel.select():
        if key.data is None:
            terima(key.fileobj)
        else:
            layani(key, mask)
