import argparse
import socket

parser = argparse.ArgumentParser()
parser.add_argument("--host")
parser.add_argument("first", type=int)
parser.add_argument("last", type=int)
args = parser.parse_args()
for port in range(args.first, args.last + 1):
    with socket.socket() as s:
        s.settimeout(0.5)
        if s.connect_ex((args.host, port)) == 0:
            print("port", port, "terbuka")
