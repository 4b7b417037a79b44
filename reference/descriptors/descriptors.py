"""What a program has open when it begins: the descriptors 0, 1 and 2."""
import sys

sys.stdout.write("write to stdout\n")
sys.stderr.write("write to stderr\n")
print(sys.stdin.fileno(), sys.stdout.fileno(), sys.stderr.fileno())
