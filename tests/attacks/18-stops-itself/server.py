# One that stops itself is ended, and was not started in vain for longer than it is given.
# attack: status=failed rungs=full,landlock
import os, signal
from attack import *

say("TRIED")
os.kill(os.getpid(), signal.SIGSTOP)
