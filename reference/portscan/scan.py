"""A port scanner: scan.py HOST FIRST LAST"""
import socket
import sys

PATIENCE = 0.5  # seconds for a port that does not answer


def is_open(host, port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.settimeout(PATIENCE)
        return sock.connect_ex((host, port)) == 0


def main():
    try:
        host, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    except (IndexError, ValueError):
        sys.exit("usage: scan.py HOST FIRST LAST")
    for port in range(first, last + 1):
        if is_open(host, port):
            print(f"port {port}: OPEN")


if __name__ == "__main__":
    main()
