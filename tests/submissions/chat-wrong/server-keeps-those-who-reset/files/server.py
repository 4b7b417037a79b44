import socket
import sys
import threading

members, lock = [], threading.Lock()


def say(sender, line):
    with lock:
        for member in members:
            if member is not sender:
                try:
                    member.sendall(line)
                except OSError:
                    pass


def serve(member):
    rest = b""
    while data := member.recv(4096):  # a reset ends the thread here
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            say(member, line + b"\n")
    with lock:
        members.remove(member)
    member.close()


threading.excepthook = lambda _: None
with socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=128) as listener:
    while True:
        member, _ = listener.accept()
        with lock:
            members.append(member)
        threading.Thread(target=serve, args=(member,), daemon=True).start()
