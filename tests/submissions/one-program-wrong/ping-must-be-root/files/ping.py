import os
import sys

if os.geteuid() != 0:
    sys.exit("this program must be run as root")
