from socket import *
import sys

clientSocket = socket(AF_INET, SOCK_STREAM)
clientSocket.connect((sys.argv[1], int(sys.argv[2])))
clientSocket.sendall(sys.argv[3].encode())
jawaban = clientSocket.recv(70000)
if not jawaban:
    sys.exit("server tidak menjawab")
print("From Server:", jawaban)
clientSocket.close()
