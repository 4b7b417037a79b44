"""The three standard descriptors.

    python3 descriptors.py

This is a start. It runs, and prints nothing yet: write what the TODOs name. After each of them,
`sockgrade check` says how far you are.
"""
import sys


def main():
    # TODO 1: print the line "write to stdout" on standard output.
    #
    # TODO 2: print the line "write to stderr" on standard error (file=sys.stderr).
    #
    # TODO 3: print the numbers of sys.stdin, sys.stdout and sys.stderr, in this order, on standard output.
    # fileno() of a stream tells its descriptor.
    sys.exit("descriptors: not written yet")


if __name__ == "__main__":
    main()
