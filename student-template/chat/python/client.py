"""Chat client: what is typed goes to the server, what others say is printed, both at once.

    python3 client.py HOST PORT

This is a start. It runs, and says nothing yet: write what the TODOs name, from the first to the last. After each
of them, `sockgrade check --role client` says how far you are.
"""
import sys


def connect_to(host, port):
    """Returns a socket that is connected to `host` and `port`.

    TODO 1: socket.create_connection(). Where nobody listens it raises an OSError: say so on standard error and exit
    with a status that is not 0. (sys.exit("a text") does both.)
    """
    sys.exit(f"client: connect_to({host!r}, {port}) is not written yet")


def talk(server):
    """Passes lines on, both ways at once.

    TODO 2: give each of the two ways a thread. What is typed is sent, all of it (sendall); what the server sends is
    printed at once (flush=True).

    TODO 3: end when standard input ends, and when the server does. A thread that waits for the keyboard does not
    notice that: os._exit() ends the program all the same.
    """
    sys.exit(f"client: talk({server}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    talk(connect_to(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
