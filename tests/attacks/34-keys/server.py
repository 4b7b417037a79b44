# There are no keyrings, which all that a user runs would share.
# attack: status=passed rungs=full,landlock refused=keyctl(),add_key()
import ctypes
from attack import *

must_fail("keyctl", 0, -3, 1)  # the session's
must_fail("add_key", b"user", b"sockgrade", b"x", 1, -3)
serve()
