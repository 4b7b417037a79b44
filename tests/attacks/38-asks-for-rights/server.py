# What only helps to leave the jail is refused, with an error, and named.
# attack: status=passed rungs=full refused=unshare(),setns(),mount(),bpf(),perf_event_open(),userfaultfd(),seccomp(),prctl()
import errno
from attack import *

NEW_USER = 0x10000000
must_fail("unshare", NEW_USER)
must_fail("setns", 0, 0)
must_fail("mount", b"none", b"/tmp", b"tmpfs", 0, 0)
must_fail("bpf", 0, 0, 0)
must_fail("perf_event_open", 0, 0, -1, -1, 0)
must_fail("userfaultfd", 1)
must_fail("seccomp", 1, 0, 0)
must_fail("io_uring_setup", 1, 0, codes=(errno.ENOSYS,))
must_fail("clone3", 0, 0, codes=(errno.ENOSYS,))
if libc.prctl(22, 2, 0, 0, 0) == 0 or ctypes.get_errno() != errno.EPERM:  # PR_SET_SECCOMP
    escaped("set a filter of its own")
status = open("/proc/self/status").read()
if "NoNewPrivs:\t1" not in status or "CapEff:\t0000000000000000" not in status or "CapAmb:\t0000000000000000" not in status:
    escaped("has rights")
serve()
