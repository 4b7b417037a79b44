# The system is read-only, /proc too, and no device but harmless ones can be opened.
# attack: status=passed rungs=full
import os
from attack import *

for path in ("/x", "/usr/x", "/etc/x", "/bin/x", "/dev/x", "/run/x", "/var/x"):
    attempt(f"made {path}", open, path, "w")
for path in ("/etc/passwd", "/usr/bin/env", "/proc/self/oom_score_adj", "/proc/self/comm", "/proc/sys/kernel/hostname",
             "/proc/sysrq-trigger", "/proc/sys/net/ipv4/ip_forward"):
    attempt(f"opened {path}", open, path, "r+b", 0)
attempt("made a device", os.mknod, "/tmp/null", 0o020666, os.makedev(1, 3))
if set(os.listdir("/dev")) - {"null", "zero", "full", "random", "urandom", "tty", "shm", "fd", "stdin", "stdout", "stderr"}:
    escaped("has devices")
if os.path.exists("/sys/kernel") or os.uname().nodename != "student":
    escaped("sees the host")
serve()
