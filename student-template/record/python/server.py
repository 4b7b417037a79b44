"""Record server: answers each line of five fields with the number of bytes of its body.

    python3 server.py HOST PORT

This is a start. It runs, and answers nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role server` says how far you are.
"""
import sys


def listen_on(host, port):
    """Returns a socket that listens on `host` and `port`.

    TODO 1:
      socket.getaddrinfo(), socket.socket(), setsockopt() with SO_REUSEADDR, bind(), listen()
    """
    sys.exit(f"server: listen_on({host!r}, {port}) is not written yet")


def serve_clients(listener):
    r"""Serves clients, one after the other, for ever.

    TODO 2:
      accept()    the next client
      recv()      what has arrived so far: perhaps a part of a line, perhaps several; keep what is not a whole
                  line yet. b"" when the client has ended its stream
      sendall()   b"OK 12\n" for each record

    TODO 3: count the fields and the bytes of the body. Go through the line byte by byte: behind a backslash
    the next byte is meant as it stands. Do not decode: bytes are counted, not characters.

    TODO 4: b"ERR reason\n" for a line that is no record, and on with the next line.

    TODO 5: a client may vanish while you talk to it. That exception must not end the server.
    """
    sys.exit(f"server: serve_clients({listener}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    serve_clients(listen_on(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
