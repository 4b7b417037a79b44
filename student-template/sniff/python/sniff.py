"""Sniffer: prints the TCP segments that pass by.

    python3 sniff.py COUNT

This is a start. It runs, and hears nothing yet: write what the TODOs name, from the first to the last. After
each of them, `sockgrade check` says how far you are. At home a packet socket needs root (sudo); the grader lets
your program make one.
"""
import sys


def open_sniffer():
    # TODO 1: return a packet socket for all frames: AF_PACKET, SOCK_RAW, socket.htons(0x0003).
    sys.exit("sniff: open_sniffer() is not written yet")


def show(frame):
    # TODO 2: print source, destination, both ports and the length of the TCP segment in a frame, and return
    # True; return False where there is none. struct.unpack("!H", ...) reads two bytes in network byte order.
    #
    #   byte 12 of the frame     its type, two bytes: 0x0800 is IPv4, which begins at byte 14
    #   byte  0 of the packet    low four bits: length of the IP header, in words of four bytes
    #   byte  2 of the packet    its total length, two bytes (a short frame is filled up behind it)
    #   byte  9 of the packet    what it holds: 6 is TCP
    #   bytes 12 and 16          the addresses, four bytes each
    #   behind the header        TCP: both ports; high four bits of its byte 12: its header's length
    return False


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: sniff.py COUNT")
    sock, count = open_sniffer(), int(sys.argv[1])
    # TODO 3: read frames with sock.recvfrom(65535) until `count` segments were printed.
    print(sock, count, show(b""))


if __name__ == "__main__":
    main()
