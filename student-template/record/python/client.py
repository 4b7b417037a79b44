"""Record client: sends one record and prints the line that answers it.

    python3 client.py HOST PORT MACHINE DATE TIME HEADER BODY

This is a start. It runs, and asks nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role client` says how far you are.
"""
import sys


def connect_to(host, port):
    """Returns a socket that is connected to `host` and `port`.

    TODO 1:
      socket.create_connection(); where that fails, say so and exit with a status that is not 0
    """
    sys.exit(f"client: connect_to({host!r}, {port}) is not written yet")


def ask(server, fields):
    r"""Sends the record and prints its answer.

    TODO 2: the five fields as one line, b"|" between and b"\n" behind. Put a backslash before each bar and each
    backslash in them. os.fsencode() makes bytes of an argument.

    TODO 3: receive until the end of the line, and print the line. Where the stream ends before that, say so on
    standard error and exit with a status that is not 0.
    """
    sys.exit(f"client: ask({server}, {fields}) is not written yet")


def main():
    if len(sys.argv) != 8:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT MACHINE DATE TIME HEADER BODY")
    ask(connect_to(sys.argv[1], int(sys.argv[2])), sys.argv[3:])


if __name__ == "__main__":
    main()
