# SPDX-License-Identifier: MIT
"""Programs under test where an ordinary user can start them: the repository may lie in root's home."""
import atexit
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile


def is_open_to_all(path):
    """Every folder above it can be passed by everybody, and it be run by everybody."""
    path = pathlib.Path(os.path.realpath(path))
    return all(step.stat().st_mode & stat.S_IXOTH for step in (path, *path.parents))


def for_everybody(sockgrade, *others):
    """The same programs, or, where root alone reaches one of them, sockgrade as it is installed from its
    build folder and copies of the others; they go when the caller ends."""
    programs = [os.path.abspath(program) for program in (sockgrade, *others)]
    if os.geteuid() != 0 or all(map(is_open_to_all, programs)):
        return programs
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="reach-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    scratch.chmod(0o755)
    subprocess.run(["cmake", "--install", os.path.dirname(programs[0]), "--prefix", scratch / "installed"],
                   check=True, capture_output=True, umask=0o022)
    return [str(scratch / "installed/bin/sockgrade"), *(shutil.copy(other, scratch) for other in programs[1:])]
