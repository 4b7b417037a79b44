"""What a program has open when it begins: the descriptors 0, 1 and 2."""
import sys

print("write to stdout")
print("write to stderr", file=sys.stderr)
print(sys.stdin.fileno(), sys.stdout.fileno(), sys.stderr.fileno())
