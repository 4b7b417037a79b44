from socket import *
import sys
_, host, port, mode, shift, text = sys.argv
request = (mode + shift + text + '.').encode('utf-8')
conn = socket(AF_INET, SOCK_STREAM)
conn.connect((host, int(port)))
for part in (request[:1], request[1:3], request[3:]):
    conn.sendall(part)
answer = b''
while not answer.endswith(b'.'):
    more = conn.recv(1)
    if not more:
        raise EOFError('the server went away')
    answer += more
print(answer.decode('utf-8', 'replace'))
conn.close()
