from string import ascii_lowercase

HURUF = ascii_lowercase.encode()


def geser(teks, n):
    n %= 26
    return teks.translate(bytes.maketrans(HURUF, HURUF[n:] + HURUF[:n]))
