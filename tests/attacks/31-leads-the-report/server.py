# A report quotes no file but the submission's: a name in debug information may be a link to another.
# attack: status=failed rungs=full,landlock
import os
from attack import *

say("TRIED")
os.symlink(OUTSIDE["secrets"][0], "secret.py")
exec(compile("import signal\nwhile True: signal.pause()\n", "secret.py", "exec"))
