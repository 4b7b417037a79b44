def sampai_titik(s):
    data = b''
    while True:
        x = s.recv(1)
        if not x:
            raise EOFError('putus sebelum titik')
        data += x
        if x == b'.':
            return data
