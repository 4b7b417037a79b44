"""Both ways at once: standard input to a server, what the server sends to standard output.

    python3 telnet.py HOST PORT

This is a start. It runs, and talks to nobody yet: write what the TODOs name, from the first to the last.
After each of them, `sockgrade check` says how far you are.
"""
import sys


def connect_to(host, port):
    """Returns a socket that is connected to `host` and `port`.

    TODO 1:
      socket.create_connection(); where that fails, say so and exit with a status that is not 0
    """
    sys.exit(f"telnet: connect_to({host!r}, {port}) is not written yet")


def pass_on(server):
    """Passes bytes on, both ways at once, until the server has ended its stream.

    TODO 2:
      a thread for each way (threading), or selectors over both
      os.read(0, 4096)          what stands on standard input now, not a line; b"" at its end
      server.sendall()
      server.recv()             what has come; b"" when the server has ended its stream
      sys.stdout.buffer         write() and flush(): bytes as they are, and at once

    TODO 3: server.shutdown(socket.SHUT_WR) when the input has ended, and go on printing.
    """
    sys.exit(f"telnet: pass_on({server}) is not written yet")


def main():
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST PORT")
    pass_on(connect_to(sys.argv[1], int(sys.argv[2])))


if __name__ == "__main__":
    main()
