import selectors
import socket
import sys

pemilih = selectors.DefaultSelector()


class Tamu:
    def __init__(self, soket):
        self.soket = soket
        self.antrean = bytearray()

    def kirim(self):
        while self.antrean:
            try:
                terkirim = self.soket.send(self.antrean[:65536])
            except BlockingIOError:
                break
            del self.antrean[:terkirim]

    def urus(self, kejadian):
        try:
            if kejadian & selectors.EVENT_WRITE:
                self.kirim()
            if kejadian & selectors.EVENT_READ:
                data = self.soket.recv(16384)
                self.antrean += data
                self.kirim()
                if not data:
                    return False
        except BlockingIOError:
            pass
        except OSError:
            return False
        minat = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.antrean else 0)
        pemilih.modify(self.soket, minat, self)
        return True


def main():
    keluarga = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET
    pendengar = socket.create_server((sys.argv[1], int(sys.argv[2])), family=keluarga, backlog=128)
    pendengar.setblocking(False)
    pemilih.register(pendengar, selectors.EVENT_READ, None)
    while True:
        for kunci, kejadian in pemilih.select():
            if kunci.data is None:
                try:
                    soket, _ = pendengar.accept()
                except OSError:
                    continue
                soket.setblocking(False)
                pemilih.register(soket, selectors.EVENT_READ, Tamu(soket))
            elif not kunci.data.urus(kejadian):
                pemilih.unregister(kunci.fileobj)
                kunci.fileobj.close()


main()
