# SPDX-License-Identifier: MIT
"""Grades a server as it is often done: starts it, tries to connect every 50 ms, compares, kills it. Prints
what a case took on average, in nanoseconds.

    grader.py COUNT SERVER
"""
import json
import socket
import subprocess
import sys
import time

MESSAGE = b"hello, echo server"


def find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connect(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            time.sleep(0.05)
    sys.exit("the server does not listen")


def play(server):
    port = find_port()
    with subprocess.Popen([server, "127.0.0.1", str(port)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        with connect(port) as connection:
            connection.sendall(MESSAGE)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while data := connection.recv(4096):
                answer += data
        process.kill()
    if answer != MESSAGE:
        sys.exit("the answer is wrong")


def main():
    count = int(sys.argv[1])
    begun = time.monotonic_ns()
    for _ in range(count):
        play(sys.argv[2])
    print(json.dumps({"whole": (time.monotonic_ns() - begun) / count}))


if __name__ == "__main__":
    main()
