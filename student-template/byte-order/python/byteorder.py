"""A number in two bytes, in both orders.

    python3 byteorder.py N

This is a start. It runs, and prints no bytes yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check` says how far you are.
"""
import sys


def read_number(text):
    # TODO 1: return the number that the text is. Where it is none from 0 to 65535, end with
    # sys.exit("a word"), which prints the word on standard error and exits with status 1.
    sys.exit(f"byteorder: read_number({text}) is not written yet")


def print_bytes(number):
    # TODO 2: print the more significant byte (number >> 8), then the other (number & 0xff), as 0x2b 0x67.
    #
    # TODO 3: print both the other way round in the next line.
    pass


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: byteorder.py N")
    print_bytes(read_number(sys.argv[1]))


if __name__ == "__main__":
    main()
