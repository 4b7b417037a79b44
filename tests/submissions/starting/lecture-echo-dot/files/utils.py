def recv_until(sock, penanda=b'.'):
    hasil = b''
    huruf = None
    while huruf != penanda:
        huruf = sock.recv(1)
        if not huruf:
            break
        hasil += huruf
    return hasil
