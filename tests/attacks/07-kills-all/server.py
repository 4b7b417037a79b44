# kill(-1) reaches what is the submission's own, and the examiner lives to say so.
# attack: status=failed rungs=full,landlock
import os, signal
from attack import *

say("TRIED")
in_child(os.kill, -1, signal.SIGKILL)
os.kill(-1, signal.SIGKILL)
os.kill(os.getpid(), signal.SIGKILL)
