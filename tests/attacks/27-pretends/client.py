# A client that prints success without connecting has not connected.
# attack: status=failed codes=never-connected,exited-early role=client case=connects-once rungs=full
import sys

print(sys.argv[-1], flush=True)
