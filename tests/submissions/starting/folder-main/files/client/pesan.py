import sys


def ambil():
    return sys.argv[3].encode()
