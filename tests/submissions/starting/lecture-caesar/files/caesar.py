from string import ascii_lowercase

al = ascii_lowercase.encode()


def cipher(pesan, geser=3):
    tergeser = al[geser:] + al[:geser]
    return pesan.translate(bytes.maketrans(al, tergeser))
