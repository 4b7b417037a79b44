"""Client of the echo of one sentence: sends it, reads up to the '.', prints the answer.

    python3 client.py HOST PORT MESSAGE

This is a start. It runs and connects, and sends nothing yet: write what the TODOs name, from the first to
the last. After each of them, `sockgrade check --role client` says how far you are.
"""
import os
import socket
import sys


def connect_to(host, port):
    """Returns a socket that is connected to `host` and `port`."""
    try:
        return socket.create_connection((host, port))
    except OSError as error:
        sys.exit(f"{host} port {port}: {error}")


def exchange(server, message):
    """Sends the bytes `message`, which end with their dot, receives the answer and prints it.

    TODO 1: send all of them: sendall(), since send() may take fewer than you gave it.

    TODO 2: receive up to and including the dot. recv() returns what has arrived so far: call it until the dot is
    there. It returns b"" where the server has closed before that: this is an error, with a word on standard error
    and a status that is not 0 (sys.exit("a text") does both). Print bytes with sys.stdout.buffer.write().
    """
    sys.exit(f"client: exchange({message!r}) is not written yet")


def main():
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT MESSAGE")
    with connect_to(sys.argv[1], int(sys.argv[2])) as server:
        exchange(server, os.fsencode(sys.argv[3]))


if __name__ == "__main__":
    main()
