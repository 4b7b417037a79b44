"""Echo server: sends every byte back, in order, until the client ends its stream.

    python3 server.py HOST PORT

This is a start. It runs, and answers nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check --role server` says how far you are.
"""
import sys


def listen_on(host, port):
    """Returns a socket that listens on `host` and `port`.

    TODO 1:
      socket.getaddrinfo()   from host and port to an address, of IPv4 (127.0.0.1) or IPv6 (::1)
      socket.socket()        of that address's family, for a stream
      setsockopt()           SO_REUSEADDR: else the server cannot be started again at once
      bind(), listen()
    """
    sys.exit(f"server: listen_on({host!r}, {port}) is not written yet")


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
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    serve_clients(listen_on(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
