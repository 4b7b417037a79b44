# Nothing is inherited but the three standard streams, which are pipes of the case.
# attack: status=passed rungs=full,landlock
import os, stat
from attack import *

for fd in range(4096):
    try:
        status = os.fstat(fd)
    except OSError:
        continue
    if fd > 2 or not stat.S_ISFIFO(status.st_mode):
        escaped(f"has descriptor {fd}")
serve()
