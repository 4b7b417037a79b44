# SPDX-License-Identifier: MIT
"""What the attacks share: what they know of the host, how they tell what they tried, and a right server.

An attack that gets through says ESCAPED and what; one that was tried to its end says TRIED. Then it is a
right server of the assignment echo, so that nothing but the attack can fail the case."""
import ctypes
import errno
import json
import os
import pathlib
import platform
import signal
import socket
import sys

HERE = pathlib.Path(__file__).resolve().parent
# What run.py knows and a submission could guess: ports where it listens, files of the host that hold MARK.
OUTSIDE = json.loads((HERE / "outside.json").read_text())
MARK = OUTSIDE["mark"][::-1]  # the file must not hold it itself
libc = ctypes.CDLL(None, use_errno=True)
# Numbers of calls that Python has no function for; those above 400 are the same everywhere.
NUMBERS = {"x86_64": {"ptrace": 101, "mount": 165, "add_key": 248, "keyctl": 250, "unshare": 272,
                      "perf_event_open": 298, "setns": 308, "process_vm_readv": 310, "seccomp": 317,
                      "memfd_create": 319, "bpf": 321, "userfaultfd": 323},
           "aarch64": {"ptrace": 117, "mount": 40, "add_key": 217, "keyctl": 219, "unshare": 97,
                       "perf_event_open": 241, "setns": 268, "process_vm_readv": 270, "seccomp": 277,
                       "memfd_create": 279, "bpf": 280, "userfaultfd": 282}}[platform.machine()]
NUMBERS.update(io_uring_setup=425, fsopen=430, clone3=435)


def say(text):
    print(text, file=sys.stderr, flush=True)


def escaped(what):
    say(f"ESCAPED {what}")
    os._exit(66)


def call(name, *arguments):
    """Makes a system call; its errno, 0 where it succeeded."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    return ctypes.get_errno() if libc.syscall(ctypes.c_long(NUMBERS[name]), *words) < 0 else 0


def must_fail(name, *arguments, codes=(errno.EPERM,)):
    code = call(name, *arguments)
    if code not in codes:
        escaped(f"{name}() gave {errno.errorcode.get(code, code)}")


def attempt(what, function, *arguments):
    """Calls a function that must fail as what is not there or not allowed does."""
    try:
        function(*arguments)
    except OSError:
        return
    escaped(what)


def look_for_mark(path):
    try:
        with open(path, "rb") as file:
            if MARK.encode() in file.read(1 << 20):
                escaped(f"read {path}")
    except OSError:
        pass


def in_child(function, *arguments):
    pid = os.fork()
    if pid == 0:
        try:
            function(*arguments)
        finally:
            os._exit(0)
    return pid


def serve():
    say("TRIED")
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        while True:
            client, _ = listener.accept()
            try:
                while data := client.recv(65536):
                    client.sendall(data)
            except OSError:
                pass
            client.close()


def pause_for_ever():
    while True:
        signal.pause()
