import socket

HOST = '127.0.0.1'
PORT = 65432

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    while True:
        conn, addr = s.accept()
        with conn:
            print(f"Connected by {addr}")
            data = b""
            try:
                while b"." not in data:
                    more = conn.recv(1024)
                    if not more:
                        break
                    data += more
                if b"." in data:
                    conn.sendall(data[: data.find(b".") + 1])
            except OSError:
                pass
