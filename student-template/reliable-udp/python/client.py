"""Sends a file over UDP by stop-and-wait.

    python3 client.py HOST PORT FILE

This is a start. It runs, and sends nothing yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role client` says how far you are.
"""
import sys


def connect_to(host, port):
    """Returns a socket that is connected to `host` and `port`: for datagrams that means that the kernel takes
    nothing from anybody else.

    TODO 1:
      socket.socket()   for datagrams (SOCK_DGRAM)
      connect()         to the address
    """
    sys.exit(f"client: connect_to({host!r}, {port}) is not written yet")


def send_file(s, file):
    """Sends all of the file, and its end.

    TODO 2:
      file.read()            the next 1,024 bytes, or what is left
      struct.pack("!I", …)   their number in four bytes; the first is 0
      send()                 both in one datagram
      recv()                 the four bytes of its number: before that, do not send the next one

    TODO 3: the end of the file is one more number, with nothing behind it. It is acknowledged as well.

    TODO 4: set a time limit (settimeout). When it is over (TimeoutError), send the same datagram again; after ten
    attempts give up, with a word on standard error and a status that is not 0.

    TODO 5: an acknowledgement of another number is an old one: pass over it.
    """
    sys.exit(f"client: send_file({s}, {file}) is not written yet")


def main():
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT FILE")
    try:
        file = open(sys.argv[3], "rb")
    except OSError as error:
        sys.exit(f"client: {error}")
    send_file(connect_to(sys.argv[1], int(sys.argv[2])), file)


if __name__ == "__main__":
    main()
