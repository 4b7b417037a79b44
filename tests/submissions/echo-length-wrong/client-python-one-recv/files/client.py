import socket, struct, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
msg = sys.argv[3].encode()
s.sendall(struct.pack('>L', len(msg)) + msg)
head = s.recv(4)
n = struct.unpack('>L', head)[0]
print(s.recv(n).decode(errors='replace'))
