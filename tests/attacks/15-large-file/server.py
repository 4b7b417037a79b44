# A file beyond the limit, sparse or not, ends the program that writes it, and the limit is named.
# attack: status=failed codes=too-much rungs=full,landlock
import os, signal
from attack import *

say("TRIED")
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
with open("large", "wb") as file:
    os.pwrite(file.fileno(), b"x", 100 << 30)
escaped("wrote a file of 100 GiB")
