"""Caesar server: takes one request, answers with the translated text and its dot, closes.

    python3 server.py HOST PORT

This is a start. It runs, takes clients and answers none of them yet: write what the TODOs name, from the
first to the last. After each of them, `sockgrade check --role server` says how far you are.
"""
import socket
import sys


def listen_on(host, port):
    """Returns a socket that listens on `host` and `port`.

    TODO 1: the server cannot be started again at once after it was stopped, as long as old connections linger:
    setsockopt() with SO_REUSEADDR, before bind().
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.bind(address)
    listener.listen(16)
    return listener


def serve(client):
    """Everything with one client. It is closed when this returns.

    TODO 2: receive one request: b"e" or b"d", a shift of two digits, a text, and a b".". recv() returns what has
    arrived so far, not a message: call it again and append, until the dot is there; even the three bytes of the
    header may come one by one. It returns b"" where the client has ended its stream: there will be no request
    then. A text has up to 64 KiB, and any byte in it: leave bytes bytes, don't decode().

    TODO 3: translate the text: `e` shifts the letters a to z to the right, `d` to the left; behind z comes a.
    Every other byte stays as it is. A shift that is not two digits counts as 0.

    TODO 4: send the text and its dot back, without the header, and nothing of what follows the dot: sendall(),
    since send() may take fewer bytes than you gave it.

    TODO 5: a client may vanish while you talk to it. That exception must not end the server.
    """
    print("server: serve() is not written yet", file=sys.stderr)


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    listener = listen_on(sys.argv[1], int(sys.argv[2]))
    while True:
        client, _ = listener.accept()
        with client:
            serve(client)


if __name__ == "__main__":
    main()
