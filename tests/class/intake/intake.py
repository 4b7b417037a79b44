# SPDX-License-Identifier: MIT
"""What the tests of the intake share: classes as course systems hand them out, and what is read from them.

Each test file is a program: FILE.py PRINT_INTAKE [unittest's arguments].
"""
import io
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

SECONDS = 600  # bounds what hangs; twenty thousand files take a while on a slow disk

program = ""


def write_folder(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files, compression="gz"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{compression}") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mode = 0o644
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


class Read:
    """What an intake gave."""

    def __init__(self, made):
        self.layout = made["layout"]
        self.complaints = made["complaints"]
        self.entries = {entry["id"]: entry for entry in made["entries"]}

    def files(self, entry_id):
        top = pathlib.Path(self.entries[entry_id]["path"])
        return {os.fsencode(path.relative_to(top)).decode("utf-8", "surrogateescape"): path.read_bytes()
                for path in sorted(top.rglob("*")) if path.is_file()}

    def member(self, entry_id):
        members = self.entries[entry_id]["members"]
        assert len(members) == 1, members
        return members[0]

    def notes(self, entry_id):
        return self.entries[entry_id]["notes"]


class IntakeTest(unittest.TestCase):
    """Has a scratch folder."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.runs = 0

    def run_it(self, *words):
        """The outcome of a run as it is, and the scratch folder that it was given."""
        self.runs += 1
        scratch = self.folder / f"scratch-{self.runs}"
        scratch.mkdir(mode=0o700)
        done = subprocess.run([program, scratch, *map(str, words)], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=SECONDS, cwd=self.folder, check=False)
        return done, scratch

    def read(self, *words):
        done, scratch = self.run_it(*words)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual([path.name for path in scratch.iterdir()], ["submissions"])
        read = Read(json.loads(done.stdout))
        self.assertEqual(len(read.entries), len(json.loads(done.stdout)["entries"]))
        for entry in read.entries.values():
            self.assertTrue(entry["members"])
            top = pathlib.Path(entry["path"])
            for path in [top, *top.rglob("*")]:
                self.assertFalse(path.is_symlink(), path)
                self.assertTrue(path.is_file() or path.is_dir(), path)
                self.assertEqual(path.stat().st_mode & 0o7000, 0, path)
                self.assertEqual(path.stat().st_nlink == 1 or path.is_dir(), True, path)
        self.assertEqual({path.name for path in (scratch / "submissions").iterdir()},
                         set(read.entries))
        return read

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def each_way(self, name, files):
        """The files as a folder, and as archives of it with and without the folder around them."""
        top = self.folder / "as-folder" / name
        write_folder(top, files)
        wrapped = {f"{name}/{path}": content for path, content in files.items()}
        return [
            ("folder", top),
            ("zip", self.write(f"as-zip/{name}.zip", zipped(files))),
            ("zip of the folder", self.write(f"as-wrapped-zip/{name}.zip", zipped(wrapped))),
            ("tar.gz", self.write(f"as-tar/{name}.tar.gz", tarred(files))),
            ("tar.xz of the folder", self.write(f"as-wrapped-tar/{name}.tar.xz", tarred(wrapped, "xz"))),
        ]

    def assert_some(self, texts, *parts):
        """One of the texts has all the parts."""
        self.assertTrue(any(all(part in text for part in parts) for text in texts), (parts, texts))


def main():
    global program  # pylint: disable=global-statement
    program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    sys.modules["intake"].program = program
    unittest.main(verbosity=2)
