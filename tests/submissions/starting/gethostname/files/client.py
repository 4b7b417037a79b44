import socket

s = socket.socket()
host = socket.gethostname()
port = 12345

s.connect((host, port))
s.sendall(b'Terima kasih sudah terhubung.')
p = b''
while not p.endswith(b'.'):
    q = s.recv(1024)
    if not q:
        raise SystemExit('tidak ada jawaban')
    p += q
print(p)
s.close()
