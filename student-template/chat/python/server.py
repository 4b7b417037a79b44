"""Chat server: every line from a client goes to all other clients.

    python3 server.py HOST PORT

This is a start. It runs, and listens to nobody yet: write what the TODOs name, from the first to the last. After
each of them, `sockgrade check --role server` says how far you are.
"""
import sys


def listen_on(host, port):
    """Returns a socket that listens on `host` and `port`.

    TODO 1: socket.socket(), setsockopt() with SO_REUSEADDR, bind(), listen().
    """
    sys.exit(f"server: listen_on({host!r}, {port}) is not written yet")


def serve_clients(listener):
    """Passes lines on, for ever.

    TODO 2: keep a list of the clients that are connected, and ask selectors which of them has something to say.
    (Or give each one a thread, and a lock to the list.)

    TODO 3: recv() brings any number of bytes. Each client needs a buffer of its own, in which its line grows until
    its b"\\n" has come.

    TODO 4: send a whole line to all others, and not to its sender.

    TODO 5: recv() returns b"" or raises an error when a client has gone: close it and take it out of the list. It
    may also go while you send to it: that must not end the server.
    """
    sys.exit(f"server: serve_clients({listener}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    serve_clients(listen_on(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
