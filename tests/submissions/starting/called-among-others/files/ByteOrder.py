import sys

n = int(sys.argv[1])
if not 0 <= n <= 65535:
    sys.exit("0..65535")
print(n.to_bytes(2, "big").hex(" "))
print(n.to_bytes(2, "little").hex(" "))
