"""Echo server over a local socket: sends every byte back, in order, until the client ends its stream.

    python3 server.py PATH

This is a start. It runs, and answers nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role server` says how far you are.
"""
import sys


def listen_on(path):
    """Returns a socket that listens on the socket file `path`.

    TODO 1:
      socket.socket()     of the family socket.AF_UNIX, for a stream
      os.unlink()         the file that an earlier run has left there: bind() would refuse the path
      bind(), listen()    bind() makes the file
    """
    sys.exit(f"server: listen_on({path!r}) is not written yet")


def serve_clients(listener):
    """Serves clients, one after the other, for ever.

    TODO 2:
      accept()    the next client, as a socket of its own
      recv()      what has arrived so far: any number of bytes, not a message; b"" when the client has ended
                  its stream
      sendall()   the same bytes back (send() may take fewer than you gave it)
      close()     when the client has ended its stream, and after an error

    TODO 3: a client may vanish while you talk to it. That exception must not end the server.

    TODO 4: a client that is silent must not keep the others waiting: give each one a thread of its own
    (threading), or ask with selectors who has something to say.
    """
    sys.exit(f"server: serve_clients({listener}) is not written yet")


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} PATH")
    serve_clients(listen_on(sys.argv[1]))


if __name__ == "__main__":
    main()
