"""Ping: sends ICMP echo requests, and prints a line for each reply.

    python3 ping.py HOST COUNT

This is a start. It runs, and sends nothing yet: write what the TODOs name, from the first to the last. After
each of them, `sockgrade check` says how far you are. At home a raw socket needs root (sudo); the grader lets
your program make one.
"""
import sys

# TODO 1: the checksum of a message (RFC 1071): the complement of the sum of all its 16-bit words, with what
# goes beyond 16 bits added in again. Its own field is 0 meanwhile.


def ping(host, sequence):
    # TODO 2: send an echo request (struct.pack("!BBHHH", 8, 0, checksum, id, sequence) and some data) by a
    # socket of AF_INET, SOCK_RAW, IPPROTO_ICMP, and return whether its reply has come. What recvfrom() gives
    # begins with the IP header, whose length stands in it.
    #
    # TODO 3: what comes may be somebody else's. It is your reply when sender, type, id, sequence and checksum
    # are right; anything else is passed over, and you go on waiting.
    #
    # TODO 4: a reply may be lost. Wait a second and no longer: settimeout().
    sys.exit(f"ping: ping({host}, {sequence}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: ping.py HOST COUNT")
    host, count, replies = sys.argv[1], int(sys.argv[2]), 0
    for sequence in range(1, count + 1):
        if ping(host, sequence):
            print(f"reply from {host}: sequence {sequence}")
            replies += 1
    sys.exit(0 if replies else 1)


if __name__ == "__main__":
    main()
