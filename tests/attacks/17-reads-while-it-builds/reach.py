import socket

from attack import *

for family, kind, address in ((socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", OUTSIDE["tcp"])),
                              (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + OUTSIDE["abstract"]),
                              (socket.AF_UNIX, socket.SOCK_STREAM, OUTSIDE["path"])):
    try:
        with socket.socket(family, kind) as one:
            one.connect(address)
            escaped(f"connected to {address}")
    except OSError:
        pass
