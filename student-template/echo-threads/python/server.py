"""Echo server for many clients at once: sends every byte back to the client that it came from.

    python3 server.py HOST PORT

This is a start. It runs, and answers nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check` says how far you are.
"""
import sys


def listen_on(host, port):
    """Returns a socket that listens on `host` and `port`.

    TODO 1:
      socket.getaddrinfo()   from host and port to an address
      socket.socket()        of that address's family, for a stream
      setsockopt()           SO_REUSEADDR: else the server cannot be started again at once
      bind(), listen()
    """
    sys.exit(f"server: listen_on({host!r}, {port}) is not written yet")


def serve(client):
    """Serves one client until it ends its stream.

    TODO 2:
      recv()      what has arrived so far: any number of bytes, not a message; b"" when the client has ended
                  its stream
      sendall()   the same bytes back (send() may take fewer than you gave it)
      close()     when the client has ended its stream, and after an error

    TODO 3: let main() serve each client in a thread of its own (threading.Thread).

    TODO 4: a client may vanish while you talk to it. That exception must not end the server.
    """
    sys.exit(f"server: serve({client}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    listener = listen_on(sys.argv[1], int(sys.argv[2]))
    serve(listener)  # accept() the next client, and serve that one: for ever


if __name__ == "__main__":
    main()
