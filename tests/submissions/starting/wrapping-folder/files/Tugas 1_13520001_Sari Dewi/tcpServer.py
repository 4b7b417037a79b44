from socket import *
import sys

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
serverSocket.listen(1)
print('The server is ready to receive')
while True:
    connectionSocket, addr = serverSocket.accept()
    try:
        sentence = b''
        while b'.' not in sentence:
            bagian = connectionSocket.recv(1024)
            if not bagian:
                break
            sentence += bagian
        else:
            connectionSocket.sendall(sentence[:sentence.index(b'.') + 1])
    except error as e:
        print(e)
    connectionSocket.close()
