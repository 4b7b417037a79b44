# tugas pertemuan 4
from socket import *
import sys

serverSocket = socket(AF_INET, SOCK_STREAM)
serverSocket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serverSocket.bind((sys.argv[1], int(sys.argv[2])))
serverSocket.listen(1)
print("The server is ready to receive")
while 1:
    connectionSocket, addr = serverSocket.accept()
    try:
        sentence = connectionSocket.recv(1024)
        akhir = sentence.find(b".")
        if akhir >= 0:
            sentence = sentence[:akhir + 1]
        connectionSocket.sendall(sentence)
    except OSError:
        pass
    connectionSocket.close()
