"""Echo client over a local socket: sends a message, reads as many bytes back, prints them.

    python3 client.py PATH MESSAGE

This is a start. It runs, and sends nothing yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role client` says how far you are.
"""
import os
import sys


def connect_to(path):
    """Returns a socket that is connected to the socket file `path`.

    TODO 1: a socket.socket() of the family socket.AF_UNIX, and its connect(). Where nobody listens it raises an
    OSError: say so on standard error and exit with a status that is not 0. (sys.exit("a text") does both.)
    """
    sys.exit(f"client: connect_to({path!r}) is not written yet")


def exchange(server, message):
    """Sends the bytes `message`, receives as many back and prints them.

    TODO 2: send all of them: sendall(), since send() may take fewer than you gave it.

    TODO 3: recv() returns what has arrived so far: call it until all bytes are there. It returns b"" where
    the server has closed before that: this is an error. Print bytes with sys.stdout.buffer.write().
    """
    sys.exit(f"client: exchange({server}, {message!r}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} PATH MESSAGE")
    exchange(connect_to(sys.argv[1]), os.fsencode(sys.argv[2]))


if __name__ == "__main__":
    main()
