import socket

host = "192.168.0.1"
port = 12345
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((host, port))
s.listen(2)
while True:
    conn, addr = s.accept()
    print(addr, "Selamat datang")
    pesan = ""
    try:
        while True:
            huruf = conn.recv(1).decode("latin-1")
            if huruf == "":
                break
            pesan += huruf
            if huruf == ".":
                conn.sendall(pesan.encode("latin-1"))
                break
    except OSError as e:
        print(e)
    conn.close()
