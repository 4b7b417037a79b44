#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The reference programs against peers that keep to no protocol.

    references.py COMPILER [--rounds N | --seconds N] [--seed N] [--only PATTERN]

Each is built with sanitizers and driven, over the host's loopback, by peers that send what chance makes of its
protocol's own words, in pieces of any size, and then end, half-close, reset or fall silent; a client may get
its end with the answer half sent. Whatever comes, a program may refuse it, and a client may fail: but nothing may
crash it, no sanitizer may speak, a server that serves one client after another goes on, and a client comes to an end
when its server is gone.
"""
import argparse
import fnmatch
import pathlib
import random
import socket
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2] / "reference"
HOST = "127.0.0.1"
WAIT_S = 20  # for what takes milliseconds, on a machine with other things to do
FLAGS = ["-std=c11", "-D_GNU_SOURCE", "-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
         "-pthread", "-I", str(ROOT)]
WORDS = [b".", b"..", b"\n", b"\r\n", b"\0", b"e03", b"d26", b"e99", b"x01", b"e0", b"END", b"hello", b"salam ", b"\xff" * 9,
         b"%s%n", struct.pack("!I", 0), struct.pack("!I", 5), struct.pack("!I", 1 << 20), struct.pack("!I", (1 << 20) + 1),
         struct.pack("!I", 0xFFFFFFFF), struct.pack("!H", 0), struct.pack("!H", 0xFFFF), bytes(range(256)), b"a" * 5000]

# Assignment: what it speaks over, and what its server and its client take after HOST and PORT; None: not driven.
PROGRAMS = {
    "echo": ("stream", [], ["hello"]),
    "echo-dot": ("stream", [], ["hello."]),
    "caesar": ("stream", [], ["e", "03", "hello"]),
    "echo-length": ("stream", [], ["hello"]),
    "echo-threads": ("stream", [], None),
    "greeting-loop": ("stream", [], ["hello"]),
    "chat": ("stream", [], []),
    "record": ("stream", [], None),
    "telnet": ("stream", None, []),
    "echo-udp": ("datagram", [], ["hello"]),
    "reliable-udp": ("datagram", ["written"], None),
}


class Failed(Exception):
    pass


def build(compiler, folder):
    """Builds every program; returns it by its assignment and role."""
    common = sorted(str(path) for path in (ROOT / "common").glob("*.c"))
    built = {}
    for assignment, (_, server, client) in PROGRAMS.items():
        for role, words in (("server", server), ("client", client)):
            source = ROOT / assignment / f"{role}.c"
            if words is None:
                continue
            helpers = [str(path) for path in (ROOT / assignment).glob("*.c") if path.with_suffix(".h").exists()]
            program = folder / f"{assignment}-{role}"
            subprocess.run([compiler, *FLAGS, str(source), *helpers, *common, "-o", str(program)], check=True)
            built[assignment, role] = program
    return built


def any_bytes(chance):
    parts = [chance.choice(WORDS) if chance.random() < 0.7 else chance.randbytes(chance.randrange(40))
             for _ in range(chance.randrange(6))]
    return b"".join(parts)


def send_in_pieces(chance, peer, data):
    while data:
        size = chance.choice([1, 2, 3, 7, 100, len(data)])
        peer.sendall(data[:size])
        data = data[size:]


def reset(peer):
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def read_to_end(peer):
    while peer.recv(65536):
        pass


def talk(chance, peer):
    """One conversation over a stream, to some end of it."""
    peer.settimeout(WAIT_S)
    try:
        send_in_pieces(chance, peer, any_bytes(chance))
        end = chance.choice(["close", "reset", "half-close", "read some", "speak again"])
        if end == "read some":
            peer.settimeout(0.01)
            peer.recv(10)
        elif end == "speak again":
            send_in_pieces(chance, peer, any_bytes(chance))
        elif end == "half-close":
            peer.shutdown(socket.SHUT_WR)
            read_to_end(peer)
        if end == "reset":
            reset(peer)
    except OSError:
        pass  # the program let go first, as it may
    finally:
        peer.close()


def start(program, words, port):
    return subprocess.Popen([str(program), HOST, str(port), *words], stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=program.parent)


def judge(process, ended_by_us):
    """Ends the process and looks at how it was."""
    if ended_by_us:
        process.kill()
    try:
        said = process.communicate(timeout=WAIT_S)[1].decode(errors="replace")
    except subprocess.TimeoutExpired:
        process.kill()
        raise Failed("it did not come to an end when its peer was gone") from None
    if "Sanitizer" in said or "runtime error" in said:
        raise Failed(said)
    if process.returncode < 0 and not ended_by_us:
        raise Failed(f"ended by signal {-process.returncode}\n{said}")


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def connect(process, port):
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_S:
        try:
            return socket.create_connection((HOST, port), timeout=WAIT_S)
        except ConnectionRefusedError:
            if process.poll() is not None:
                raise Failed(f"it has ended: {process.communicate()[1].decode(errors='replace')}") from None
            time.sleep(0.01)
    raise Failed("it does not listen")


def drive_stream_server(chance, program, words):
    """Some conversations, a few of them at once, with one process; it must be there after them."""
    port = free_port(socket.SOCK_STREAM)
    process = start(program, words, port)
    try:
        for _ in range(8):
            beside = [connect(process, port) for _ in range(chance.randrange(3))]
            talk(chance, connect(process, port) if not beside else beside.pop(0))
            for peer in beside:
                talk(chance, peer)
        connect(process, port).close()
        if process.poll() is not None:
            raise Failed(f"it ended, status {process.returncode}")
    finally:
        process.kill()
    judge(process, ended_by_us=True)


def drive_datagram_server(chance, program, words):
    port = free_port(socket.SOCK_DGRAM)
    process = start(program, words, port)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.connect((HOST, port))
        peer.settimeout(0.02)
        for _ in range(30):
            try:
                peer.send(any_bytes(chance)[:60000])
                peer.recv(65536)
            except (TimeoutError, ConnectionRefusedError):
                pass  # not bound yet, or it owes no answer
    if process.poll() is not None and process.returncode < 0:
        raise Failed(f"ended by signal {-process.returncode}")
    judge(process, ended_by_us=process.poll() is None)


def meet(process, come):
    """What `come` returns once the client has come."""
    try:
        return come()
    except TimeoutError:
        process.kill()
        raise Failed(f"it did not come: {process.communicate()[1].decode(errors='replace')}") from None


def drive_stream_client(chance, program, words):
    with socket.create_server((HOST, 0)) as listener:
        listener.settimeout(WAIT_S)
        process = start(program, words, listener.getsockname()[1])
        talk(chance, meet(process, listener.accept)[0])
    judge(process, ended_by_us=False)


def drive_datagram_client(chance, program, words):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind((HOST, 0))
        peer.settimeout(WAIT_S)
        process = start(program, words, peer.getsockname()[1])
        _, address = meet(process, lambda: peer.recvfrom(65536))
        for _ in range(chance.randrange(1, 4)):
            peer.sendto(any_bytes(chance)[:60000], address)
        judge(process, ended_by_us=False)


DRIVERS = {("stream", "server"): drive_stream_server, ("stream", "client"): drive_stream_client,
           ("datagram", "server"): drive_datagram_server, ("datagram", "client"): drive_datagram_client}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("compiler")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seconds", type=float, help="rounds until then, instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="*")
    options = parser.parse_args()
    failed, done, begun = 0, 0, time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        programs = build(options.compiler, pathlib.Path(name))
        while time.monotonic() - begun < options.seconds if options.seconds else done < options.rounds:
            for (assignment, role), program in programs.items():
                kind, server, client = PROGRAMS[assignment]
                if not fnmatch.fnmatch(f"{assignment}/{role}", options.only):
                    continue
                chance = random.Random(f"{options.seed} {done} {assignment} {role}")
                try:
                    DRIVERS[kind, role](chance, program, server if role == "server" else client)
                except Failed as why:
                    failed += 1
                    print(f"{assignment} {role}, --seed {options.seed}, round {done}: {why}")
            done += 1
    print(f"{len(programs)} reference programs, {done} rounds: {failed} failed")
    return 1 if failed or not done else 0


if __name__ == "__main__":
    sys.exit(main())
