# No memory but a submission's own can be read, written or traced.
# attack: status=passed rungs=full,landlock
import ctypes, errno, os, pathlib
from attack import *

PTRACE_SEIZE = 0x4206
mine = {os.getpid()}
for entry in pathlib.Path("/proc").iterdir():
    if not entry.name.isdigit() or int(entry.name) in mine:
        continue
    for name in ("mem", "environ", "maps"):
        try:
            with open(entry / name, "rb") as file:
                if name != "mem" and file.read(16):
                    escaped(f"read {entry / name}")
                elif name == "mem":
                    escaped(f"opened {entry / name}")
        except OSError:
            pass
for pid in {1, os.getppid()}:
    must_fail("ptrace", PTRACE_SEIZE, pid, 0, 0, codes=(errno.EPERM, errno.ESRCH))
serve()
