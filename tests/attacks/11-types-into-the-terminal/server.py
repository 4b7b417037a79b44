# There is no controlling terminal to type into or to change.
# attack: status=passed rungs=full,landlock terminal
import fcntl, os, termios
from attack import *

attempt("opened /dev/tty", open, "/dev/tty", "r+b", 0)
for fd in range(3):
    attempt("typed", fcntl.ioctl, fd, termios.TIOCSTI, b"x")
    attempt("got a terminal", fcntl.ioctl, fd, termios.TIOCSCTTY, 1)
serve()
