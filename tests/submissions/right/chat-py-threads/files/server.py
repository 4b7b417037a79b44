import socket
import sys
import threading

members, lock = [], threading.Lock()


def serve(me):
    with lock:
        members.append(me)
    try:
        with me.makefile("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                with lock:
                    for other in members:
                        if other is not me:
                            try:
                                other.sendall(line)
                            except OSError:
                                pass
    except OSError:
        pass
    with lock:
        members.remove(me)
    me.close()


listener = socket.create_server((sys.argv[1], int(sys.argv[2])), backlog=100)
while True:
    client, _ = listener.accept()
    threading.Thread(target=serve, args=(client,), daemon=True).start()
