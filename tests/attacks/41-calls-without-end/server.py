# Calls that the examiner has to answer, made by many threads without an end, do not hold it up.
# attack: status=failed rungs=full
import threading
from attack import *

say("TRIED")

def ask():
    while True:
        call("unshare", 0x10000000)

for _ in range(8):
    threading.Thread(target=ask, daemon=True).start()
ask()
