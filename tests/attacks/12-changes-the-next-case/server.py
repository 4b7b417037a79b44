# Each case has a fresh copy of what was built: what one does to its files, to /tmp and to shared memory is not there in the next.
# attack: status=passed rungs=full cases=2
import os, pathlib, shutil
from attack import *

traces = [HERE / "trace", pathlib.Path("/tmp/trace"), pathlib.Path("/dev/shm/trace"), pathlib.Path.home() / "trace"]
for trace in traces:
    if trace.exists():
        escaped(f"found {trace} of another case")
    trace.write_text("x")
shmget = libc.shmget(0x5067, 4096, 0o1600 | 0o2000)  # IPC_CREAT | IPC_EXCL
if shmget < 0:
    escaped("found shared memory of another case")
(HERE / "server.py").write_text("raise SystemExit('changed')")
shutil.rmtree(HERE / "__pycache__", ignore_errors=True)
serve()
