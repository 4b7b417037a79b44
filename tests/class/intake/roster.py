# SPDX-License-Identifier: MIT
"""The roster: whose a submission is, in every way in which systems and people write one; nobody is guessed."""
import intake

SERVER = b"int main(void) { return 0; }\n"


def member(id_=None, name=None, email=None, login=None):
    return {"id": id_, "name": name, "email": email, "login": login}


class Roster(intake.IntakeTest):
    def plain(self, *names):
        intake.write_folder(self.folder / "s", {f"{name}/server.c": SERVER for name in names})
        return self.folder / "s"

    def read_with(self, roster, path, encoding="utf-8"):
        return self.read("--roster", self.write("roster.csv", roster.encode(encoding)), path)

    def test_canvas(self):
        intake.write_folder(self.folder / "s", {
            "doejohn_11_1_server.c": SERVER, "lópezana_LATE_12_2_server.c": SERVER,
            "santosobudiagung_99_3_server.c": SERVER, "strangerthe_98_4_server.c": SERVER})
        read = self.read_with(
            '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Echo (77)\r\n'
            '"    Points Possible",,,,,100\r\n'
            '"Doe, John",11,S11,jdoe,"A, morning",\r\n'
            '"López, Ana",12,S12,alopez,A,\r\n'
            'Budi Agung Santoso,13,S13,budi,A,\r\n'
            '"Absent, Al",14,S14,al,A,\r\n'
            '"Student, Test",15,,abc,A,\r\n', self.folder / "s")
        self.assertEqual(read.layout, "canvas")
        self.assertEqual(read.member("doejohn_11"), member("11", "Doe, John", None, "jdoe"))
        self.assertEqual(read.member("lópezana_12"), member("12", "López, Ana", None, "alopez"))
        self.assertEqual(read.member("santosobudiagung_99")["name"], "Budi Agung Santoso")  # by the name alone
        self.assertEqual(read.member("strangerthe_98"), member("98", "strangerthe"))
        self.assertEqual(len(read.complaints), 2, read.complaints)
        self.assert_some(read.complaints, "'strangerthe_98'", "not on the roster")
        self.assert_some(read.complaints, "no submission of Absent, Al, S14 (line 6)")

    def test_an_id_of_canvas_is_no_number_of_a_student(self):
        path = self.write("s/doejohn_11_1_server.c", SERVER).parent
        read = self.read_with("SIS User ID,Student\n11,Somebody Else\n", path)
        self.assertEqual(read.member("doejohn_11"), member("11", "doejohn"))
        self.assert_some(read.complaints, "'doejohn_11'", "not on the roster")

    def test_moodle(self):
        intake.write_folder(self.folder / "s", {
            "Ana López_1_assignsubmission_file/server.c": SERVER,
            "Participant_2_assignsubmission_file/server.c": SERVER,
            "Kelompok B_3_assignsubmission_file/server.c": SERVER})
        read = self.read_with(
            "Identifier;Nama lengkap;Alamat email;Status;Group\n"
            "Participant 1;Ana López;ana@x.org;;\n"
            "Participant 2;Bo Chen;bo@x.org;;\n"
            "Peserta 12;Cy;cy@x.org;;Kelompok B\n"
            "Peserta 13;Dee;dee@x.org;;kelompok-b\n", self.folder / "s")
        self.assertEqual((read.layout, read.complaints), ("moodle", []))
        self.assertEqual(read.member("Ana_López_1"), member("1", "Ana López", "ana@x.org"))
        self.assertEqual(read.member("Participant_2"), member("2", "Bo Chen", "bo@x.org"))
        self.assertEqual([m["name"] for m in read.entries["Kelompok_B_3"]["members"]], ["Cy", "Dee"])
        self.assertEqual([m["email"] for m in read.entries["Kelompok_B_3"]["members"]], ["cy@x.org", "dee@x.org"])

    def test_gradescope(self):
        intake.write_folder(self.folder / "s", {
            "submission_metadata.yml": b"submission_1:\n  :submitters:\n  - :name: Ana L.\n    :sid: '0012'\n"
                                       b"    :email: ana@x.org\n  - :name: Mallory\n    :sid: '666'\n",
            "submission_1/server.c": SERVER})
        read = self.read_with("First Name,Last Name,SID,Email,Sections\nAna,López,0012,ana@x.org,1\n",
                              self.folder / "s")
        self.assertEqual(read.entries["submission_1"]["members"],
                         [member("0012", "Ana López", "ana@x.org"), member("666", "Mallory")])
        self.assert_some(read.complaints, "'submission_1'", "not on the roster: Mallory, 666")

    def test_github_classroom(self):
        intake.write_folder(self.folder / "echo-submissions", {"echo-Ana-L/server.c": SERVER})
        read = self.read_with('"identifier","github_username","github_id","name"\n"2106634331","ana-l","5",""\n',
                              self.folder / "echo-submissions")
        self.assertEqual((read.complaints, read.member("Ana-L")), ([], member("2106634331", None, None, "Ana-L")))

    def test_names_in_any_form(self):
        rows = [
            ("budi santoso", "Nama", "Budi Santoso"),
            ("SANTOSO, Budi", "Nama Lengkap", "Budi Santoso"),
            ("O'Neil-Smith, Jane", "name", "Jane O’Neil Smith"),
            ("Ñandú Ángel", "full name", "ñandú ángel"),
            ("ñandú", "student", "Ñandú"),  # composed, and not
            ("Straße Jo", "NAME", "STRASSE JO"),
            ("孙悟空", "nama mahasiswa", "孙 悟空"),
            ("محمد علي", "name", "محمد علي"),
            ("2106634331", "NPM", "2106634331"),
            ("ana@x.org", "E-mail", "Ana@X.org"),
            ("ana-l", "GitHub Username", "ANA-L"),
            ("jdoe", "SIS Login ID", "jdoe"),
        ]
        for i, (folder, heading, cell) in enumerate(rows):
            with self.subTest(cell):
                path = self.folder / f"class-{i}"
                intake.write_folder(path, {f"{folder}/server.c": SERVER, f"stranger {i}/server.c": SERVER})
                read = self.read_with(f"{heading},other\n{cell},x\n", path)
                self.assertEqual(len(read.complaints), 1, read.complaints)
                self.assert_some(read.complaints, f"'stranger {i}'")

    def test_letters_that_differ_are_other_names(self):
        read = self.read_with("name\nPeña\n", self.plain("Pena", "x"))
        self.assert_some(read.complaints, "'Pena'", "not on the roster")

    def test_a_name_of_two_is_nobodys(self):
        read = self.read_with("name,email\nBudi Santoso,a@x.org\nSantoso Budi,b@x.org\nCy,c@x.org\n",
                              self.plain("Budi Santoso", "Cy"))
        self.assertEqual(read.member("Budi_Santoso"), member("Budi Santoso"))
        self.assert_some(read.complaints, "'Budi Santoso'", "may be two students", "(line 2)", "(line 3)")
        self.assert_some(read.complaints, "no submission of", "(line 2)")

    def test_an_id_and_a_name_that_disagree_are_nobodys(self):
        path = self.write("s/doejohn_11_1_server.c", SERVER).parent
        read = self.read_with("Student,ID,SIS User ID\nJane Roe,11,S1\nJohn Doe,12,S2\n", path)
        self.assertEqual(read.member("doejohn_11"), member("11", "doejohn"))
        self.assert_some(read.complaints, "its id is that of Jane Roe, S1 (line 2), its name that of John Doe, S2 (line 3)")

    def test_a_student_in_two_submissions_is_named(self):
        read = self.read_with("nim,nama\n21,Ana\n", self.plain("21", "ana"))
        self.assert_some(read.complaints, "Ana, 21 (line 2) has two submissions", "'21'", "'ana'")

    def test_two_rows_of_one_id_are_named(self):
        read = self.read_with("nim,nama\n21,Ana\n22,Bo\n21,Cy\n", self.plain("21", "22"))
        self.assert_some(read.complaints, "lines 2 and 4 have the same id '21'")
        self.assert_some(read.complaints, "'21'", "may be two students")

    def test_spreadsheets_write_it_in_many_ways(self):
        for name, text, encoding in (
                ("semicolons", "nim;nama\r\n21;\"A; n\"\"a\"\r\n", "utf-8"),
                ("tabs", "nim\tnama\n21\tA; n\"a\n", "utf-8"),
                ("a mark, no last line end", "nim,nama\n21,A; n\"a", "utf-8-sig"),
                ("old line ends", "nim,nama\r21,A; n\"a\r", "utf-8"),
                ("lines in cells", "nim,nama,note\n21,\"A; n\"\"a\",\"one\ntwo\"\n\n,,\n", "utf-8")):
            with self.subTest(name):
                read = self.read_with(text, self.plain("21", "x"), encoding)
                self.assertEqual(read.member("21"), member("21", 'A; n"a'))

    def test_a_roster_that_cannot_be_used_is_the_inputs_fault(self):
        path = self.plain("21", "x")
        for text, words in (("", "it is empty"), ("a,b\n1,2\n", "no column is known by its heading; found 'a', 'b'"),
                            ("nim,nama\n21,\"A\n", "line 2: the quote is not closed"),
                            (b"nim,nama\n21,caf\xe9\n", "line 2: not text in UTF-8"),
                            ("nim,nama\n".encode("utf-16"), "not text in UTF-8"),
                            ("nim\n" + "1\n" * 20000, "more than 10000 rows")):
            with self.subTest(words):
                done, _ = self.run_it("--roster", self.write("roster.csv", text), path)
                self.assertEqual(done.returncode, 2)
                self.assertIn(words, done.stderr.decode())
                self.assertIn("roster.csv", done.stderr.decode())

    def test_a_file_of_a_submission_names_nobody(self):
        intake.write_folder(self.folder / "s", {"ana/server.c": SERVER, "mallory/server.c": SERVER,
                                                "mallory/group.csv": b"nim\nana\n",
                                                "mallory/submission_metadata.yml": b"x: 1\n"})
        read = self.read_with("nim,nama\nana,Ana\nmallory,Mal\n", self.folder / "s")
        self.assertEqual((read.layout, read.complaints), ("plain", []))
        self.assertEqual(read.member("mallory")["name"], "Mal")


if __name__ == "__main__":
    intake.main()
