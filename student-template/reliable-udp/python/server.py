"""Receives a file over UDP by stop-and-wait.

    python3 server.py HOST PORT FILE

This is a start. It runs, and receives nothing yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role server` says how far you are.
"""
import sys


def bind_to(host, port):
    """Returns a socket that receives what is sent to `host` and `port`.

    TODO 1:
      socket.socket()   for datagrams (SOCK_DGRAM)
      bind()            to the address
    """
    sys.exit(f"server: bind_to({host!r}, {port}) is not written yet")


def receive_file(s, file):
    """Writes what comes, until the end of the file.

    TODO 2:
      recvfrom()               a datagram and where it comes from: a number in four bytes, and up to 1,024 bytes of
                               data; how large must the buffer be?
      struct.unpack("!I", …)   the number
      file.write()             the data of the number that is due
      sendto()                 the four bytes of the number, back to where it came from

    TODO 3: a number that you have written already came again: acknowledge it, and do not write it.

    TODO 4: a number with no data ends the file: close it, acknowledge, and go on acknowledging that number when it
    comes again, for at least two seconds (settimeout).

    TODO 5: write nothing that comes from another address than the first datagram did.
    """
    sys.exit(f"server: receive_file({s}, {file}) is not written yet")


def main():
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT FILE")
    s = bind_to(sys.argv[1], int(sys.argv[2]))
    receive_file(s, open(sys.argv[3], "wb"))


if __name__ == "__main__":
    main()
