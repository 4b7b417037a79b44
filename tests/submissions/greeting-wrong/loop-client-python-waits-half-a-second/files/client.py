import os
import socket
import sys


def read_greeting(conn):
    parts = []
    while True:
        part = conn.recv(4096)
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def main():
    if len(sys.argv) != 4:
        print("usage: client.py HOST PORT MESSAGE", file=sys.stderr)
        return 2
    host, port, message = sys.argv[1:]
    try:
        conn = socket.create_connection((host, int(port)), timeout=0.5)
        greeting = read_greeting(conn)
    except (OSError, ValueError) as problem:
        print("client:", problem, file=sys.stderr)
        return 1
    if not greeting:
        print("client: the greeting is empty", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(greeting)
    sys.stdout.buffer.flush()

    conn.settimeout(None)
    try:
        conn.sendall(os.fsencode(message))
    except OSError as problem:
        print("client: message:", problem, file=sys.stderr)
    conn.close()
    return 0


sys.exit(main())
