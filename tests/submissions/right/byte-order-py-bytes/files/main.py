import struct
import sys

try:
    n = int(sys.argv[1])
    print("big-endian:   ", struct.pack(">H", n))
    print("little-endian:", struct.pack("<H", n))
except (struct.error, ValueError) as e:
    print("salah:", e, file=sys.stderr)
    sys.exit(1)
