# Folders nested two thousand deep are removed with the case.
# attack: status=passed rungs=full,landlock
import os
from attack import *

here = os.getcwd()
for _ in range(2000):
    os.mkdir("d")
    os.chdir("d")
os.chdir(here)
serve()
