import struct
import sys

n = int(sys.argv[1])
if not 0 <= n <= 65535:
    sys.exit("no")
for form in (struct.pack("H", n), struct.pack("<H", n)):
    print(" ".join("0x%02x" % b for b in form))
