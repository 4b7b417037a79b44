"""Looks up a name and a service, and prints all that getaddrinfo() finds.

    python3 resolve.py NAME SERVICE

This is a start. It runs, and finds nothing yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check` says how far you are.
"""
import sys


def look_up(name, service):
    # TODO 1: return what socket.getaddrinfo() finds, with flags=socket.AI_CANONNAME. Where it fails
    # (socket.gaierror), end with sys.exit("a word"): the word on standard error, and status 1.
    sys.exit(f"resolve: look_up({name}, {service}) is not written yet")


def print_result(result):
    # TODO 2: print the family, type and protocol, the canonical name (empty in all but the first), and the
    # address with its port.
    pass


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: resolve.py NAME SERVICE")
    for result in look_up(sys.argv[1], sys.argv[2]):
        print_result(result)


if __name__ == "__main__":
    main()
