# A daemon that waits for the results to be written, to write others, is gone by then.
# attack: status=passed rungs=full,landlock
import os, signal, time
from attack import *

def daemon():
    os.setsid()
    if os.fork():
        os._exit(0)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(0.01)
        try:
            with open(OUTSIDE["result"], "w") as file:
                file.write("{}")
        except OSError:
            pass

os.waitpid(in_child(daemon), 0)
serve()
