import sys

n = int(sys.argv[1])
if not 0 <= n <= 65535:
    sys.exit("no")
print(list(n.to_bytes(2, "big")))
print(list(n.to_bytes(2, "little")))
