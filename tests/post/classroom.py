# SPDX-License-Identifier: MIT
"""A small class, graded once, for the tests that post from its database."""
import os
import shutil
import sqlite3
import subprocess
import tempfile

import posting

SERVER = """
import socket, sys
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
    while True:
        client = listener.accept()[0]
        while data := client.recv(4096):
            client.sendall(ANSWER)
        client.close()
"""
# As Canvas hands them out, so that each is known by a number.
STUDENTS = {"4711": "data", "4712": "b'no'", "4713": "data"}
ASKED = ["--assignment", "echo", "--role", "server", "--case", "one-message", "--case", "own-bytes"]

made = {}


def write_class(folder, students=None):
    for student, reply in (students or STUDENTS).items():
        os.makedirs(os.path.join(folder, student), exist_ok=True)
        with open(os.path.join(folder, student, "server.py"), "w", encoding="ascii") as file:
            file.write(SERVER.replace("ANSWER", reply))
    return folder


def database(to):
    """A copy of the class's database at `to`: graded once for all tests of a file."""
    if "db" not in made:
        folder = tempfile.TemporaryDirectory(prefix="sockgrade-class-")
        made["folder"] = folder
        made["db"] = os.path.join(folder.name, "results.db")
        subprocess.run([posting.program, "grade", write_class(os.path.join(folder.name, "class")), *ASKED, "--db",
                        made["db"]], check=False, capture_output=True, timeout=5 * posting.SECONDS)
    shutil.copy(made["db"], to)
    return to


def query(path, sql, *values):
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(sql, values).fetchall()
    connection.close()
    return rows


def outbox(path):
    return {(target, submission): state for target, submission, state in
            query(path, "SELECT target, submission, state FROM outbox")}


def fail_at_lines(path, submission, count):
    """Copies the first case that a submission failed, worth nothing, each at a line of its own."""
    columns = [row[1] for row in query(path, "PRAGMA table_info(case_result)")]
    copied = ", ".join({"place": "1000 + n", "name": "name || n", "points": "0", "max_points": "0",
                        "json": "json_set(json, '$.id', name || n, '$.max_points', 0, '$.diagnosis.file', 'server.py', "
                                "'$.diagnosis.line', 1000 + n)"}.get(name, name) for name in columns)
    query(path, "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) "
                f"INSERT INTO case_result ({', '.join(columns)}) SELECT {copied} FROM numbers, (SELECT * FROM "
                "case_result WHERE submission = ? AND status = 'failed' ORDER BY place LIMIT 1)", count, submission)
