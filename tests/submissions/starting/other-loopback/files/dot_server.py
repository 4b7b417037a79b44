import socket

pintu = socket.create_server(("127.0.0.9", 7070), backlog=16)
while True:
    tamu, dari = pintu.accept()
    with tamu:
        kalimat = bytearray()
        try:
            while b"." not in kalimat:
                potongan = tamu.recv(512)
                if not potongan:
                    break
                kalimat += potongan
            else:
                tamu.sendall(kalimat[:kalimat.index(b".") + 1])
        except OSError as masalah:
            print(dari, masalah)
