# SPDX-License-Identifier: MIT
"""An echo server that is right, and a student who is curious: before it listens, it looks for a secret in
everything of every process that it can open. What it looks for is built from two halves, so that its own
source is not what it finds. If it finds any, it ends before it listens, and every case fails; if not,
every case passes."""
import os
import socket
import sys
import threading

NEEDLES = [(a + b).encode() for a, b in (("kuda-laut-7c1d-", "correct-horse"),
                                         ("ghp_0123456789abcdef", "SECRETabcdef"))]


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read(1 << 20)
    except OSError:
        return b""


def memory(pid):
    """The writable memory of a process, as far as it may be read."""
    try:
        with open(f"/proc/{pid}/maps", encoding="ascii", errors="replace") as maps, \
                open(f"/proc/{pid}/mem", "rb", 0) as file:
            for line in maps:
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                if "rw" not in line.split()[1] or end - start > 64 << 20:
                    continue
                try:
                    file.seek(start)
                    yield file.read(end - start)
                except OSError:
                    continue
    except OSError:
        return


def everything():
    yield "\0".join(f"{name}={value}" for name, value in os.environ.items()).encode()
    for pid in (name for name in os.listdir("/proc") if name.isdigit()):
        for name in ("environ", "cmdline", "comm", "stat"):
            yield read(f"/proc/{pid}/{name}")
        try:
            descriptors = os.listdir(f"/proc/{pid}/fd")
        except OSError:
            descriptors = []
        for fd in descriptors:
            try:
                target = os.readlink(f"/proc/{pid}/fd/{fd}")
            except OSError:
                continue
            yield target.encode()
            if target.startswith("/") and os.path.isfile(target):
                yield read(f"/proc/{pid}/fd/{fd}")
        if int(pid) != os.getpid():
            yield from memory(pid)
    # Nothing but the standard streams was inherited: no way to whoever holds a secret.
    for fd in range(3, 256):
        try:
            if "socket:" in os.readlink(f"/proc/self/fd/{fd}"):
                yield NEEDLES[0]
        except OSError:
            continue
    for top in ("/home", "/tmp", "/run", "/var", "/root"):
        for folder, folders, names in os.walk(top):
            # Compilers, where the caller has them in the home: gigabytes of what their makers wrote.
            folders[:] = set(folders) - {".rustup", ".nvm", ".sdkman"}
            for name in names:
                yield read(os.path.join(folder, name)) if name != "server.py" else b""


def serve(client):
    with client:
        try:
            while data := client.recv(4096):
                client.sendall(data)
        except OSError:
            pass


def main():
    for text in everything():
        if any(needle in text for needle in NEEDLES):
            sys.exit("found a secret")
    host, port = sys.argv[1:]
    with socket.create_server((host, int(port))) as listener:
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()


main()
