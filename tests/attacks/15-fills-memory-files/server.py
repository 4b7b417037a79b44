# What is written to /dev/shm, /tmp and files of memfd_create() is bounded, in bytes and in files.
# attack: status=passed rungs=full
import errno, os
from attack import *


def fill_memory_files():
    """Two, so that a bound of each would not do."""
    for _ in range(2):
        file = os.memfd_create("x")
        for _ in range(200):
            os.write(file, bytes(1 << 20))
    escaped("wrote 400 MiB to files of memfd_create()")


try:
    fill_memory_files()
except OSError as error:
    if error.errno not in (errno.ENOSPC, errno.ENOSYS):
        escaped(f"memfd_create() gave {error}")
for folder, most in (("/tmp", 300), ("/dev/shm", 80), (str(pathlib.Path.home()), 80), (".", 600)):
    size = os.statvfs(folder)
    if size.f_blocks * size.f_frsize > most << 20 or size.f_files > 300000:
        escaped(f"can write {size.f_blocks * size.f_frsize >> 20} MiB to {folder}")
try:
    with open("/dev/shm/full", "wb") as file:
        for _ in range(70):
            file.write(bytes(1 << 20))
    escaped("wrote 70 MiB to /dev/shm")
except OSError:
    pass
try:
    for number in range(5000):
        open(f"/dev/shm/{number}", "w").close()
    escaped("made 5000 files in /dev/shm")
except OSError:
    pass
serve()
