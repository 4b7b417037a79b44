def recv_until(sock, penanda=b'.'):
    hasil, huruf = b'', None
    while huruf != penanda:
        huruf = sock.recv(1)
        if huruf == b'':
            break
        hasil += huruf
    return hasil
