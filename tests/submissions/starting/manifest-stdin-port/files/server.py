import socket

host = input('Masukkan host: ')
port = int(input('Masukkan port: '))

s = socket.create_server((host, port))
print('Menunggu koneksi...')
while True:
    c, a = s.accept()
    print('Terhubung:', a)
    try:
        data = b''
        while not data.endswith(b'.'):
            b = c.recv(1)
            if not b:
                break
            data += b
        else:
            c.sendall(data)
    except ConnectionError as e:
        print(e)
    c.close()
