# Nothing outside is reached: not the host's loopback, not its abstract sockets, not the machine below it.
# attack: status=passed rungs=full refused=socket(AF_VSOCK)
import socket
from attack import *

def reach(family, kind, address, data=b"out"):
    with socket.socket(family, kind) as one:
        one.settimeout(1)
        if kind == socket.SOCK_STREAM:
            one.connect(address)
            one.sendall(data)
            escaped(f"connected to {address}")
        one.sendto(data, address)

for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", OUTSIDE["tcp"])),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", OUTSIDE["udp"])),
        (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + OUTSIDE["abstract"]),
        (socket.AF_UNIX, socket.SOCK_STREAM, OUTSIDE["path"]),
        (40, socket.SOCK_STREAM, (2, 1)),  # AF_VSOCK
        (socket.AF_PACKET, socket.SOCK_RAW, ("lo", 0)),
        (socket.AF_NETLINK, socket.SOCK_RAW, (0, 0))):
    try:
        if family == socket.AF_NETLINK:
            socket.socket(family, kind, 9).close()  # audit
            escaped("made a socket of NETLINK_AUDIT")
        reach(family, kind, address)
    except OSError:
        pass
serve()
