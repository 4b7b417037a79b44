"""All that a name and a service stand for: resolve.py NAME SERVICE"""
import socket
import sys


def name_of(prefix, value):
    for name in dir(socket):
        if name.startswith(prefix) and getattr(socket, name) == value:
            return name
    return value


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: resolve.py NAME SERVICE")
    try:
        results = socket.getaddrinfo(sys.argv[1], sys.argv[2], flags=socket.AI_CANONNAME)
    except OSError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    for family, kind, protocol, canonical, address in results:
        print("Family :", name_of("AF_", family))
        print("Type :", name_of("SOCK_", kind))
        print("Protocol :", name_of("IPPROTO_", protocol))
        print("Canonical name:", canonical)
        print("Socket address:", address)
        print()


if __name__ == "__main__":
    main()
