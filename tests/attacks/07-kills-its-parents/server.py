# The processes above a submission cannot be signalled by it.
# attack: status=passed rungs=full,landlock
import os, signal
from attack import *

for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
    for pid in {1, os.getppid()}:
        try:
            os.kill(pid, number)
        except OSError:
            pass
serve()
