# Neither reference programs nor specs, nor other submissions, nor what is being written, is to be seen.
# attack: status=passed rungs=full
import os
from attack import *

for path in OUTSIDE["secrets"]:
    look_for_mark(path)
    for above in ("..", "../..", "/proc/self/root", "/proc/1/root", "/proc/self/cwd/../../.."):
        look_for_mark(above + path)
for top in ("/home", "/root", "/tmp", "/var/tmp", "/srv", "/mnt"):
    for folder, _, files in os.walk(top):
        for name in files:
            path = os.path.join(folder, name)
            if not path.startswith(str(HERE)):
                look_for_mark(path)
serve()
