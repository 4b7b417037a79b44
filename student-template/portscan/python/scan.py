"""Port scanner: prints the TCP ports of a host on which somebody listens.

    python3 scan.py HOST FIRST LAST

This is a start. It runs, and finds nothing yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check` says how far you are.
"""
import socket
import sys


def is_open(host, port):
    # TODO 1: return whether a connection to this port comes about: a new socket for each port,
    # connect_ex() is 0 where it succeeded, and the socket is closed in any case (with ... does it).
    #
    # TODO 2: a port that does not answer must not hold you up: settimeout().
    sys.exit(f"scan: is_open({host}, {port}) is not written yet")


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: scan.py HOST FIRST LAST")
    host, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for port in range(first, last + 1):
        if is_open(host, port):
            print(f"port {port}: OPEN")


if __name__ == "__main__":
    main()
