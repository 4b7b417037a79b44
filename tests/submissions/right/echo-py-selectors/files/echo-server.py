import selectors
import socket
import sys

sel = selectors.DefaultSelector()
PENUH = 64 * 1024


def accept(sock, mask):
    conn, addr = sock.accept()
    conn.setblocking(False)
    keluar = bytearray()
    sel.register(conn, selectors.EVENT_READ, lambda c, m: service(c, m, keluar))


def service(conn, mask, keluar):
    try:
        if mask & selectors.EVENT_READ:
            data = conn.recv(4096)
            if not data:
                # kirim sisanya dengan blocking? tidak, buffer pasti kosong saat EVENT_READ saja
                raise EOFError
            keluar += data
        if keluar:
            n = conn.send(keluar)
            del keluar[:n]
    except BlockingIOError:
        pass
    except (OSError, EOFError):
        sel.unregister(conn)
        conn.close()
        return
    sel.modify(conn, selectors.EVENT_WRITE if keluar else selectors.EVENT_READ,
               lambda c, m: service(c, m, keluar))


def main():
    port = int(sys.argv[2])
    s = socket.create_server(('', port), family=socket.AF_INET6, dualstack_ipv6=True,
                             backlog=100)
    s.setblocking(False)
    sel.register(s, selectors.EVENT_READ, accept)
    while True:
        for key, mask in sel.select():
            key.data(key.fileobj, mask)


if __name__ == '__main__':
    main()
