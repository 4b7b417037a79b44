# Neither the environment nor the command line of who grades is to be seen; a submission's own is an allow-list.
# attack: status=passed rungs=full
import os, pathlib
from attack import *

allowed = {"HOME", "TMPDIR", "PATH", "USER", "LOGNAME", "SHELL", "LANG", "LC_CTYPE", "PYTHONFAULTHANDLER",
           "STACK_ROOM", "RUSTUP_HOME"}  # the last where the machine's Rust is of rustup
if set(os.environ) - allowed:
    escaped(f"was given {sorted(set(os.environ) - allowed)}")
for entry in pathlib.Path("/proc").iterdir():
    for name in ("environ", "cmdline", "comm"):
        look_for_mark(entry / name)
        try:
            if entry.name.isdigit() and b"sockgrade" in (entry / name).read_bytes():
                escaped(f"saw sockgrade in {entry / name}")
        except OSError:
            pass
serve()
