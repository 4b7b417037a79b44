import socket
import sys

from colorama_plus_plus import Fore

s = socket.create_server((sys.argv[1], int(sys.argv[2])))
print(Fore.GREEN + 'siap')
while True:
    c, _ = s.accept()
    c.close()
