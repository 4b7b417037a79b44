# SPDX-License-Identifier: MIT
"""What is mended, removed or only noted in the copy that is graded; what was handed in stays as it is."""
import pathlib
import shutil

import intake

SERVER = b"int main(void) { return 0; }\n"
# A program of this machine will do for one that a student has compiled.
PROGRAM = pathlib.Path(shutil.which("true")).read_bytes()


class Tidying(intake.IntakeTest):
    def one(self, files):
        intake.write_folder(self.folder / "bo", files)
        read = self.read("bo")
        for name, content in files.items():
            self.assertEqual((self.folder / "bo" / name).read_bytes(), content)
        return read

    def test_programs_beside_their_source_go(self):
        read = self.one({"server.c": SERVER, "server": PROGRAM, "client.cpp": SERVER, "bin/client": PROGRAM,
                         "server.o": PROGRAM, "a.out": PROGRAM})
        self.assertEqual(list(read.files("bo")), ["client.cpp", "server.c"])
        self.assert_some(read.notes("bo"), "removed: 'server'", "'server.c' is graded")
        self.assert_some(read.notes("bo"), "removed: 'bin/client'", "'client.cpp' is graded")

    def test_programs_without_their_source_stay(self):
        read = self.one({"server": PROGRAM, "client.py": b"pass\n", "helper.exe": b"MZ\0\0", "A.java": b"class A {}",
                         "A.class": b"\xca\xfe\xba\xbe\0\0"})
        self.assertEqual(list(read.files("bo")), ["A.class", "A.java", "client.py", "helper.exe", "server"])
        self.assert_some(read.notes("bo"), "'server' is a compiled program", "source is not there")
        self.assert_some(read.notes("bo"), "'helper.exe'", "Windows")
        self.assert_some(read.notes("bo"), "'A.class'", "compiled Java")

    def test_a_script_of_the_name_of_a_source_stays(self):
        read = self.one({"server.c": SERVER, "server": b"#!/bin/sh\nexec ./x\n"})
        self.assertEqual((list(read.files("bo")), read.notes("bo")), (["server", "server.c"], []))

    def test_line_ends_of_windows_are_mended_where_they_break(self):
        read = self.one({"Makefile": b"all:\r\n\tcc server.c\r\n", "run.sh": b"exit 0\r\n",
                         "server.py": b"#!/usr/bin/env python3\r\nprint('a\\r\\n')\r\n",
                         "server.c": b"int main(void) {\r\n}\r\n", "other.py": b"pass\r\n", "a\r": b"", "lone.sh": b"a\rb"})
        files = read.files("bo")
        self.assertEqual(files["Makefile"], b"all:\n\tcc server.c\n")
        self.assertEqual(files["run.sh"], b"exit 0\n")
        self.assertEqual(files["server.py"], b"#!/usr/bin/env python3\nprint('a\\r\\n')\n")
        self.assertEqual(files["server.c"], b"int main(void) {\r\n}\r\n")
        self.assertEqual(files["other.py"], b"pass\r\n")
        self.assertEqual(files["lone.sh"], b"a\rb")
        self.assertEqual(len([note for note in read.notes("bo") if "CR LF" in note]), 3)

    def test_scripts_stay_executable(self):
        path = self.write("bo/run.sh", b"#!/bin/sh\r\n")
        path.chmod(0o755)
        read = self.read("bo")
        self.assertEqual((pathlib.Path(read.entries["bo"]["path"]) / "run.sh").stat().st_mode & 0o777, 0o755)

    def test_notes_are_bounded(self):
        read = self.one({f"-{i}.c": b"" for i in range(100)})
        self.assertEqual(len(read.notes("bo")), 31)
        self.assertEqual(read.notes("bo")[30], "and 70 notes more")


if __name__ == "__main__":
    intake.main()
