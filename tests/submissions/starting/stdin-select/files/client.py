import select
import socket
import sys

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
jawab = b''
while True:
    siap, _, _ = select.select([sys.stdin, s], [], [])
    if s in siap:
        d = s.recv(2048)
        if not d:
            print('terputus dari server', file=sys.stderr)
            sys.exit(1)
        jawab += d
        if jawab.endswith(b'.'):
            sys.stdout.write('<server> ' + jawab.decode() + '\n')
            sys.exit(0)
    if sys.stdin in siap:
        baris = sys.stdin.readline()
        if not baris:
            sys.exit(0)
        s.sendall(baris.rstrip('\n').encode())
