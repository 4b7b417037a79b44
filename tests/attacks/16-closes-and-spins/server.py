# One that closes its streams and spins is ended in bounded time.
# attack: status=failed rungs=full
import os
from attack import *

say("TRIED")
for fd in range(3):
    os.close(fd)
while True:
    pass
