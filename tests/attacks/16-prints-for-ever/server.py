# Output without an end is read to its limit and no further, and the limit is named.
# attack: status=failed codes=too-much rungs=full,landlock
import os
from attack import *

say("TRIED")
line = b"x" * 65536
while True:
    os.write(1, line)
