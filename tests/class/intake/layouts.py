# SPDX-License-Identifier: MIT
"""Each course system's download, as a folder and as archives: whose it is, which attempt, which files."""
import intake

SERVER = b'int main(void) { return 0; } /* the server */\n'
CLIENT = b'int main(void) { return 0; } /* the client */\n'


class Canvas(intake.IntakeTest):
    FILES = {
        "doejohn_340934_208490284_server.c": SERVER,
        "doejohn_340934_208490285_client.c": CLIENT,
        "van_derbergjan_LATE_340935_208490286_server-3.c": SERVER,
        "van_derbergjan_LATE_340935_208490287_Makefile": b"all:\n",
        "bob99_340936_208490288_2106634331_tugas 1.c": SERVER,
        "lópezana_340937_208490289_work-2.zip": intake.zipped({"tugas/server.c": SERVER, "tugas/a b.h": b""}),
        "孙悟空_340938_208490290_part-1.c": SERVER,
        "孙悟空_340938_208490291_part-2.c": CLIENT,
        "孙悟空_340938_208490292_Makefile": b"all: part-1.c part-2.c\n",
        "anon_Xa8bQ_208490293_-server.c": SERVER,
        "LATE_anon_Yb7cR_208490294_server.c": SERVER,
        "roesusan_340939_text.html": b"<p>I could not</p>",
        "rossbob_340940_208490295_server.c": b"old",
        "rossbob_340940_208490296_server-1.c": b"newer",
        "rossbob_340940_208490297_server-10.c": b"newest",
    }

    def test_files_are_gathered_by_student_with_their_own_names(self):
        for way, path in self.each_way("net-echo_submissions", self.FILES):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, read.complaints), ("canvas", []))
                self.assertEqual(list(read.entries), [
                    "anon_Xa8bQ", "anon_Yb7cR", "bob99_340936", "doejohn_340934", "lópezana_340937",
                    "roesusan_340939", "rossbob_340940", "van_derbergjan_340935", "孙悟空_340938"])
                self.assertEqual(read.files("doejohn_340934"), {"server.c": SERVER, "client.c": CLIENT})
                self.assertEqual(read.notes("doejohn_340934"), [])
                self.assertEqual(read.member("doejohn_340934"),
                                 {"id": "340934", "name": "doejohn", "email": None, "login": None})
                self.assertEqual(read.files("bob99_340936"), {"2106634331_tugas 1.c": SERVER})
                self.assertEqual(read.files("lópezana_340937"), {"server.c": SERVER, "a b.h": b""})
                self.assertEqual(read.entries["lópezana_340937"]["attempt"], "-2")
                self.assertEqual(read.files("anon_Xa8bQ"), {"_-server.c": SERVER})
                self.assertEqual(read.member("anon_Yb7cR")["id"], "Yb7cR")
                self.assert_some(read.notes("roesusan_340939"), "typed into Canvas")

    def test_the_last_upload_counts_and_late_is_no_attempt(self):
        read = self.read(self.each_way("s", self.FILES)[0][1])
        self.assertEqual(read.files("van_derbergjan_340935"), {"server.c": SERVER, "Makefile": b"all:\n"})
        self.assertEqual(read.entries["van_derbergjan_340935"]["attempt"], "-3")
        self.assertEqual(read.member("van_derbergjan_340935")["name"], "van_derbergjan")
        self.assertEqual(read.files("rossbob_340940"), {"server.c": b"newest"})
        self.assertEqual(read.entries["rossbob_340940"]["attempt"], "-10")
        self.assert_some(read.notes("rossbob_340940"), "left out: 'server.c'", "'server-1.c' was uploaded later")
        self.assert_some(read.notes("rossbob_340940"), "left out: 'server-1.c'", "'server-10.c' was uploaded later")
        self.assertIsNone(read.entries["doejohn_340934"]["attempt"])

    def test_a_number_that_the_author_speaks_of_stays_in_the_name(self):
        read = self.read(self.each_way("s", self.FILES)[0][1])
        self.assertEqual(sorted(read.files("孙悟空_340938")), ["Makefile", "part-1.c", "part-2.c"])
        self.assertIsNone(read.entries["孙悟空_340938"]["attempt"])

    def test_the_roster_tells_where_a_name_ends(self):
        path = self.write("s/bob_99_340934_208490284_work.c", SERVER).parent
        self.assertEqual(list(self.read(path).entries), ["bob_99"])
        roster = self.write("roster.csv", "Student,ID,SIS User ID\n\"Bob 99\",340934,S1\n")
        read = self.read("--roster", roster, path)
        self.assertEqual((list(read.entries), read.complaints), (["bob_99_340934"], []))
        self.assertEqual(read.files("bob_99_340934"), {"work.c": SERVER})

    def test_a_file_by_another_name_is_named(self):
        write = {"doejohn_1_2_server.c": SERVER, "doejane_3_4_server.c": SERVER, "grades.xlsx": b"x"}
        intake.write_folder(self.folder / "s", write)
        self.assert_some(self.read("s").complaints, "'grades.xlsx'", "no name that Canvas gives")


class Moodle(intake.IntakeTest):
    FOLDERS = {
        "Ana María López_1234_assignsubmission_file/server.c": SERVER,
        "Ana María López_1234_assignsubmission_file/src/client.c": CLIENT,
        "Ana María López_1234_assignsubmission_onlinetext/onlinetext.html": b"<p>done</p>",
        "O'Neil, Jr-Smith_77_assignsubmission_file_/tugas/server.c": SERVER,
        "Dwi (2)_4_assignsubmission_file/tugas.zip": intake.zipped({"server.c": SERVER}),
        "Participant_99_assignsubmission_file/server.c": SERVER,
        "Default group_assignsubmission_file/server.c": SERVER,
        "‮evil_5_assignsubmission_file/server.c": SERVER,
    }

    def test_folders_are_read(self):
        for way, path in self.each_way("NET-Echo-55", self.FOLDERS):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, read.complaints), ("moodle", []))
                ana = "Ana_María_López_1234"
                self.assertEqual(read.member(ana), {"id": "1234", "name": "Ana María López", "email": None,
                                                    "login": None})
                self.assertEqual(read.files(ana), {"server.c": SERVER, "src/client.c": CLIENT,
                                                   "onlinetext.html": b"<p>done</p>"})
                self.assert_some(read.notes(ana), "typed into Moodle")
                self.assertEqual(read.member("Participant_99")["name"], None)
                self.assertEqual(read.member("Default_group"),
                                 {"id": None, "name": "Default group", "email": None, "login": None})
                others = [name for name in read.entries if name.startswith(("O", "Dwi", "_evil"))]
                self.assertEqual(len(others), 3, read.entries.keys())
                for name in others:
                    self.assertEqual(read.files(name), {"server.c": SERVER}, name)
                    if way == "folder" or "evil" not in name:  # what comes from an archive is clean already
                        self.assertRegex(name, r"~[0-9a-f]{8}$")

    def test_flat_files_are_read(self):
        files = {
            "Ana López_1234_assignsubmission_file_server.c": SERVER,
            "Ana López_1234_assignsubmission_file_my_client.c": CLIENT,
            "Bo_5_assignsubmission_file_a_5_assignsubmission_file_b.c": SERVER,
        }
        for way, path in self.each_way("flat", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, read.complaints), ("moodle", []))
                self.assertEqual(read.files("Ana_López_1234"), {"server.c": SERVER, "my_client.c": CLIENT})
                self.assertEqual(read.files("Bo_5"), {"a_5_assignsubmission_file_b.c": SERVER})


class Gradescope(intake.IntakeTest):
    METADATA = """---
submission_123:
  :submitters:
  - :name: "Doe, John"
    :sid: '0012'
    :email: &1 john@example.edu
  - :name: "Ana: López"
    :sid:
    :email: ana@example.edu
  :created_at: 2026-05-09 14:30:45.123456000 -07:00
  :score: 3.5
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests:
    - &2
      name: "x"
      output: |
        :submitters:
        - :name: Mallory
    - *2
  :history:
  - :created_at: 2026-05-01 10:00:00 Z
    :submitters: []
submission_124:
  :submitters:
  - :name: Bo
    :sid: '0013'
    :email: *1
  :created_at: 2026-05-09 21:30:45 Z
submission_125:
  :submitters:
  - :name: Bo
    :sid: '0013'
    :email: bo@example.edu
  :created_at: 2026-05-09 14:30:46 -07:00
submission_126:
  :submitters:
  - :name: Cy
    :sid: '0014'
    :email: cy@example.edu
  :created_at: 2026-05-09 00:00:00 Z
"""
    FILES = {
        "submission_metadata.yml": METADATA.encode(),
        "submission_123/server.c": SERVER,
        "submission_124/server.c": b"older",
        "submission_125/ps1/server.c": SERVER,
        "submission_999/server.c": SERVER,
    }

    def test_groups_and_attempts_are_read(self):
        for way, path in self.each_way("assignment_42_export", self.FILES):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual(read.layout, "gradescope")
                self.assertEqual(list(read.entries), ["submission_123", "submission_125"])
                self.assertEqual(read.entries["submission_123"]["members"], [
                    {"id": "0012", "name": "Doe, John", "email": "john@example.edu", "login": None},
                    {"id": None, "name": "Ana: López", "email": "ana@example.edu", "login": None}])
                self.assertEqual(read.entries["submission_123"]["attempt"], "2026-05-09 14:30:45.123456000 -07:00")
                self.assertEqual(read.member("submission_125")["email"], "bo@example.edu")
                self.assertEqual(read.files("submission_125"), {"server.c": SERVER})
                self.assert_some(read.notes("submission_125"), "earlier submission of Bo", "'submission_124'")
                self.assertEqual(len(read.complaints), 2, read.complaints)
                self.assert_some(read.complaints, "'submission_126'", "not in the export")
                self.assert_some(read.complaints, "'submission_999'", "does not name it")

    def test_a_group_keeps_those_who_did_not_hand_in_again(self):
        submitters = "".join(f"  - :name: {name}\n    :sid: '{sid}'\n" for name, sid in (("A", 1), ("B", 2)))
        metadata = (f"submission_1:\n  :submitters:\n{submitters}  :created_at: 2026-01-01 00:00:00 Z\n"
                    "submission_2:\n  :submitters:\n  - :name: A\n    :sid: '1'\n"
                    "  :created_at: 2026-01-02 00:00:00 Z\n")
        intake.write_folder(self.folder / "e", {"submission_metadata.yml": metadata.encode(),
                                                "submission_1/s.c": SERVER, "submission_2/s.c": SERVER})
        read = self.read("e")
        self.assertEqual([m["name"] for m in read.entries["submission_1"]["members"]], ["B"])
        self.assertEqual([m["name"] for m in read.entries["submission_2"]["members"]], ["A"])

    def test_metadata_that_is_no_yaml_is_told(self):
        for text in ("a: [", "- 1", "", "submission_1:\n  :submitters: 3\n", "[" * 5000):
            with self.subTest(text[:20]):
                self.write("e/submission_metadata.yml", text)
                self.write("e/submission_1/server.c", SERVER)
                read = self.read("e")
                self.assertEqual(read.entries, {})
                self.assert_some(read.complaints, "'submission_metadata.yml'", "line ")


class Repositories(intake.IntakeTest):
    def test_a_clone_of_github_classroom(self):
        files = {f"echo-server-{login}/server.c": SERVER for login in ("ana", "bo-lopez", "echo-server")}
        files["echo-server-ana/.git/config"] = b"[secret]"
        for way, path in self.each_way("echo-server-submissions", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, read.complaints), ("github-classroom", []))
                self.assertEqual(list(read.entries), ["ana", "bo-lopez", "echo-server"])
                self.assertEqual(read.member("bo-lopez"),
                                 {"id": None, "name": None, "email": None, "login": "bo-lopez"})
                self.assertEqual(read.files("ana"), {"server.c": SERVER})
                self.assertEqual(read.notes("ana"), ["left out: '.git'"])

    def test_a_download_of_classroom_50(self):
        files = {f"net-echo-{login}/server.c": SERVER for login in ("ana", "b-c")}
        files["scores.csv"] = b"username,score\n"
        for way, path in self.each_way("net-echo_submissions_2026_05_09_T_14_30_45", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, read.complaints), ("classroom50", []))
                self.assertEqual(list(read.entries), ["ana", "b-c"])

    def test_in_another_folder_the_roster_tells_the_logins(self):
        files = {f"net-echo-{login}/server.c": SERVER for login in ("ana", "b-c", "d")}
        files["scores.csv"] = b"username,score\n"
        intake.write_folder(self.folder / "s", files)
        roster = self.write("students.csv", "username,first_name,last_name,email,section,github_id\n"
                                            "ana,Ana,López,ana@x.org,1,5\nb-c,Bo,Chen,,1,6\nc,Cy,Dee,,1,7\n")
        read = self.read("--roster", roster, "s")
        self.assertEqual(list(read.entries), ["ana", "net-echo-b-c", "net-echo-d"])
        self.assertEqual(read.member("ana"), {"id": None, "name": "Ana López", "email": "ana@x.org",
                                              "login": "ana"})
        self.assert_some(read.complaints, "'net-echo-b-c'", "cannot be told")  # b-c, or c
        self.assert_some(read.complaints, "'net-echo-d'", "not on the roster")

    def test_the_grades_of_github_classroom_tell_groups(self):
        files = {f"echo-{team}/server.c": SERVER for team in ("the-a-team", "b-team")}
        intake.write_folder(self.folder / "s", files)
        roster = self.write("grades.csv", "assignment_name,github_username,roster_identifier,student_repository_name,"
                                          "points_awarded,group_name\n"
                                          "echo,ana,2101,echo-the-a-team,0,The A-Team\n"
                                          "echo,bo,2102,echo-the-a-team,0,The A-Team\n"
                                          "echo,cy,2103,echo-b-team,0,B\n")
        read = self.read("--roster", roster, "s")
        self.assertEqual((read.layout, read.complaints), ("github-classroom", []))
        self.assertEqual([(m["id"], m["login"]) for m in read.entries["echo-the-a-team"]["members"]],
                         [("2101", "ana"), ("2102", "bo")])


class Folders(intake.IntakeTest):
    def test_nbgrader(self):
        files = {
            "submitted/ana/ps1/server.py": b"pass",
            "submitted/ana/ps1/timestamp.txt": b"2026-02-02 15:58:23.948203 UTC",
            "submitted/bo/ps1/server.py": b"pass",
            "submitted/cy/ps1/server.py": b"pass",
            "submitted/cy/ps2/server.py": b"pass",
            "source/ps1/server.py": b"solution",
            "gradebook.db": b"",
        }
        for way, path in self.each_way("course", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, list(read.entries)), ("nbgrader", ["ana", "bo"]))
                self.assertEqual(read.entries["ana"]["attempt"], "2026-02-02 15:58:23.948203 UTC")
                self.assertEqual(sorted(read.files("ana")), ["server.py", "timestamp.txt"])
                self.assert_some(read.complaints, "'cy'", "several assignments")
        self.assertEqual(self.read(self.folder / "as-folder/course/submitted").layout, "nbgrader")

    def test_plain_folders_and_archives(self):
        files = {
            "alice/server.c": SERVER,
            "Budi Santoso/tugas 1/server.c": SERVER,
            "2106634331.zip": intake.zipped({"x/server.c": SERVER}),
            "dewi.tar.gz": intake.tarred({"server.c": SERVER}),
            "-rf/server.c": SERVER,
            "notes.txt": b"",
            "roster.csv": b"",
            "eko.rar": b"Rar!",
        }
        for way, path in self.each_way("week 1", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual(read.layout, "plain")
                dashed = [name for name in read.entries if "rf" in name]
                self.assertEqual(sorted(set(read.entries) - set(dashed)), ["2106634331", "Budi_Santoso", "alice", "dewi"])
                self.assertRegex(dashed[0], r"^_")
                for name in read.entries:
                    self.assertEqual(read.files(name), {"server.c": SERVER})
                self.assertEqual(read.member("Budi_Santoso")["id"], "Budi Santoso")
                self.assertEqual(len(read.complaints), 2, read.complaints)
                self.assert_some(read.complaints, "'notes.txt'", "nobody's folder")
                self.assert_some(read.complaints, "'eko.rar'", "not read")

    def test_one_submission_is_called_what_the_user_calls_it(self):
        files = {"tugas/src/server.c": SERVER, "tugas/Makefile": b"all:\n"}
        for way, path in self.each_way("alice", files):
            with self.subTest(way):
                read = self.read(path)
                self.assertEqual((read.layout, list(read.entries), read.complaints), ("single", ["alice"], []))
                self.assertEqual(read.files("alice"), {"src/server.c": SERVER, "Makefile": b"all:\n"})

    def test_several_paths_are_joined(self):
        intake.write_folder(self.folder / "a", {"server.c": SERVER})
        intake.write_folder(self.folder / "week", {"b/server.c": SERVER, "c/server.c": SERVER})
        archive = self.write("d.tar.bz2", intake.tarred({"server.c": SERVER}, "bz2"))
        read = self.read("a/", "week", archive)
        self.assertEqual((read.layout, list(read.entries)), ("single, plain", ["a", "b", "c", "d"]))

    def test_two_of_one_name_are_both_named_and_neither_is_graded(self):
        intake.write_folder(self.folder / "one", {"b/server.c": SERVER, "c/server.c": SERVER})
        intake.write_folder(self.folder / "two", {"b/server.c": SERVER, "d/server.c": SERVER})
        read = self.read("one", "two")
        self.assertEqual(list(read.entries), ["c", "d"])
        self.assert_some(read.complaints, "called 'b'", "in 'one'", "in 'two'")

    def test_a_layout_can_be_named(self):
        intake.write_folder(self.folder / "s", {"alice/server.c": SERVER})
        self.assertEqual(list(self.read("s").entries), ["s"])
        read = self.read("--layout", "plain", "s")
        self.assertEqual((read.layout, list(read.entries)), ("plain", ["alice"]))

    def test_what_cannot_be_used_is_the_inputs_fault(self):
        self.write("file.c", SERVER)
        self.write("s/a/server.c", SERVER)
        rows = [
            (["missing"], "cannot read 'missing'"),
            (["file.c"], "neither a folder nor an archive"),
            (["--layout", "canvass", "s"], "did you mean 'canvas'?"),
            (["--layout", "names", "s"], "--id-regex"),
            (["--id-regex", "(", "s"], "is no expression"),
            (["--id-regex", "(.*)", "s"], "no group that says whose"),
            (["--roster", "missing.csv", "s"], "missing.csv"),
        ]
        for words, text in rows:
            with self.subTest(text):
                done, _ = self.run_it(*words)
                self.assertEqual((done.returncode, done.stdout), (2, b""))
                self.assertIn(text, done.stderr.decode())


class Expression(intake.IntakeTest):
    def test_names_are_read_by_it(self):
        files = {
            "ps1_2106-1_Ana López_2026-05-01_server.c": b"old",
            "ps1_2106-1_Ana López_2026-05-02_server.c": SERVER,
            "ps1_2106-1_Ana López_2026-05-02_client.c": CLIENT,
            "ps1_2107-2_Bo_2026-05-01_all.zip": intake.zipped({"server.c": SERVER}),
            "readme": b"",
        }
        regex = r"^ps1_(?P<student_id>[\d-]+)_(?P<name>[\w ]+)_(?P<timestamp>[\d-]+)_(?P<file_id>.*)$"
        for way, path in self.each_way("handed in", files):
            with self.subTest(way):
                read = self.read("--id-regex", regex, path)
                self.assertEqual((read.layout, list(read.entries)), ("names", ["2106-1", "2107-2"]))
                self.assertEqual(read.files("2106-1"), {"server.c": SERVER, "client.c": CLIENT})
                self.assertEqual(read.member("2106-1"), {"id": "2106-1", "name": "Ana López", "email": None,
                                                         "login": None})
                self.assertEqual(read.entries["2106-1"]["attempt"], "2026-05-02")
                self.assert_some(read.notes("2106-1"), "2026-05-01_server.c", "earlier attempt")
                self.assertEqual(read.files("2107-2"), {"server.c": SERVER})
                self.assertEqual(len(read.complaints), 1)
                self.assert_some(read.complaints, "'readme'", "does not fit")

    def test_an_expression_that_goes_on_for_ever_is_bounded(self):
        self.write("s/" + "a" * 60 + "/server.c", SERVER)
        read = self.read("--id-regex", r"^(?P<id>(a+)+)+$b", "s")
        self.assertEqual(read.entries, {})


if __name__ == "__main__":
    intake.main()
