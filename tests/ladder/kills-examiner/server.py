"""Leaves a process behind and kills whoever examines it: the parent of its parent."""
import os
import signal

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            signal.pause()
    os._exit(0)
with open(f"/proc/{os.getppid()}/stat") as stat:
    os.kill(int(stat.read().rsplit(")", 1)[1].split()[1]), signal.SIGKILL)
signal.pause()
