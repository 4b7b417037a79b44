# SPDX-License-Identifier: MIT
"""Archives that are hostile, damaged or odd: nothing leaves the scratch folder, what cannot be graded is a
complaint that names it, and the rest of the class is graded."""
import io
import os
import pathlib
import shutil
import stat
import subprocess
import tarfile
import zipfile

import intake

SERVER = b"int main(void) { return 0; }\n"
MIB = 1 << 20


def zip_of(*members):
    """A zip of (name, content[, mode]) as they come, the names as they are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, *mode in members:
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (mode[0] if mode else stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def tar_of(*members):
    """A tar.gz of (name, content[, attributes])."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content, *more in members:
            info = tarfile.TarInfo(name)
            info.mode = 0o644
            info.size = len(content)
            for key, value in (more[0] if more else {}).items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(content) if info.size else None)
    return out.getvalue()


LINK = {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}


def locked(content):
    """A zip with the bit of a password set, in both places of each file."""
    changed = bytearray(content)
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(magic, at + len(magic))
    return bytes(changed)


def bomb(mebibytes):
    """A zip whose one file is that many mebibytes of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.c", "w", force_zip64=True) as file:
            block = bytes(MIB)
            for _ in range(mebibytes):
                file.write(block)
    return out.getvalue()


class Archives(intake.IntakeTest):
    def setUp(self):
        super().setUp()
        self.outside = self.write("outside/precious", "untouched")

    def check_class(self, hostile, name="mallory.zip"):
        """A class of Canvas in which one student hands in `hostile`: the others are graded all the same."""
        stem, _, ending = name.partition(".")
        files = {"ana_1_11_server.c": SERVER, f"{stem}_2_12_work.{ending}": hostile,
                 "zoe_3_13_server.c": SERVER}
        read = self.read(self.write(f"class-{self.runs}.zip", intake.zipped(files)))
        self.assertEqual(read.layout, "canvas")
        self.assertEqual(read.files("ana_1"), {"server.c": SERVER})
        self.assertEqual(read.files("zoe_3"), {"server.c": SERVER})
        self.assertEqual(sorted(path.name for path in self.folder.glob("outside/*")), ["precious"])
        self.assertEqual(self.outside.read_text(), "untouched")
        return read

    def test_no_name_leads_out(self):
        names = ["../../evil.c", "/tmp/sockgrade-evil.c", "a/../../../evil.c", "..", "../outside/precious",
                 "./../evil.c", "a//../../evil.c"]
        hostile = zip_of(*[(name, b"evil") for name in names], ("server.c", SERVER))
        for content, name in ((hostile, "mallory.zip"),
                              (tar_of(*[(n, b"evil") for n in names], ("server.c", SERVER)), "mallory.tar.gz")):
            with self.subTest(name):
                read = self.check_class(content, name)
                self.assertEqual(read.files("mallory_2"), {"server.c": SERVER})
                self.assert_some(read.notes("mallory_2"), "left out: '../../evil.c'", "leads out")
                self.assert_some(read.notes("mallory_2"), "'/tmp/sockgrade-evil.c'", "absolute")
                self.assertEqual(list(self.folder.rglob("*evil*")), [])
                self.assertFalse(pathlib.Path("/tmp/sockgrade-evil.c").exists())

    def test_links_devices_and_fifos_are_left_out(self):
        hostile = tar_of(
            ("passwd.c", b"", LINK),
            ("up", b"", {"type": tarfile.SYMTYPE, "linkname": "../../../outside"}),
            ("up/precious", b"overwritten"),
            ("hard.c", b"", {"type": tarfile.LNKTYPE, "linkname": "/etc/passwd"}),
            ("server.c", SERVER),
            ("server.c.link", b"", {"type": tarfile.LNKTYPE, "linkname": "server.c"}),
            ("null", b"", {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 3}),
            ("disk", b"", {"type": tarfile.BLKTYPE, "devmajor": 8, "devminor": 0}),
            ("pipe", b"", {"type": tarfile.FIFOTYPE}))
        read = self.check_class(hostile, "mallory.tar.gz")
        self.assertEqual(read.files("mallory_2"), {"server.c": SERVER, "up/precious": b"overwritten"})
        for name, why in (("passwd.c", "symbolic link"), ("up", "symbolic link"), ("hard.c", "hard link"),
                          ("server.c.link", "hard link"), ("null", "device"), ("disk", "device"), ("pipe", "FIFO")):
            self.assert_some(read.notes("mallory_2"), f"left out: '{name}'", why)

    def test_links_in_a_zip_and_in_a_folder_are_left_out(self):
        read = self.check_class(zip_of(("passwd.c", b"/etc/passwd", stat.S_IFLNK | 0o777), ("server.c", SERVER)))
        self.assertEqual(read.files("mallory_2"), {"server.c": SERVER})
        self.assert_some(read.notes("mallory_2"), "'passwd.c'", "symbolic link")

        intake.write_folder(self.folder / "s", {"bo/server.c": SERVER, "cy/server.c": SERVER})
        (self.folder / "s/bo/passwd.c").symlink_to("/etc/passwd")
        (self.folder / "s/bo/etc").symlink_to("/etc")
        (self.folder / "s/dee").symlink_to("/etc")
        os.mkfifo(self.folder / "s/cy/pipe")
        read = self.read("s")
        self.assertEqual(list(read.entries), ["bo", "cy"])
        self.assertEqual(read.files("bo"), {"server.c": SERVER})
        self.assert_some(read.notes("bo"), "'passwd.c'", "symbolic link")
        self.assert_some(read.notes("bo"), "'etc'", "symbolic link")
        self.assert_some(read.notes("cy"), "'pipe'")
        self.assert_some(read.complaints, "'dee'", "link")

    def test_set_user_id_bits_go(self):
        read = self.check_class(tar_of(("server", SERVER, {"mode": 0o4755}), ("sh.c", SERVER, {"mode": 0o2644}),
                                       ("dir", b"", {"type": tarfile.DIRTYPE, "mode": 0o1777})), "mallory.tar.gz")
        self.assertEqual(sorted(read.files("mallory_2")), ["server", "sh.c"])
        self.assert_some(read.notes("mallory_2"), "'server'", "set-user-id")
        server = pathlib.Path(read.entries["mallory_2"]["path"]) / "server"
        self.assertTrue(os.access(server, os.X_OK))
        path = self.write("s/bo/server.py", b"#!/usr/bin/python3\n").parent
        (path / "server.py").chmod(0o6755)
        self.assert_some(self.read(path).notes("bo"), "'server.py'", "set-user-id")

    def test_a_bomb_is_a_complaint(self):
        read = self.check_class(bomb(100))
        self.assertNotIn("mallory_2", read.entries)
        self.assertEqual(len(read.complaints), 1)
        self.assert_some(read.complaints, "mallory_2", "'work.zip'", "more than 200 times", "not graded")

    def test_a_bomb_in_a_folder_of_the_class_is_a_complaint_too(self):
        files = {"Ana_1_assignsubmission_file/server.c": SERVER, "Zoe_2_assignsubmission_file/server.c": SERVER}
        path = self.write("class.zip", intake.zipped(files))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("Mal_3_assignsubmission_file/zeros.c", "w", force_zip64=True) as file:
                for _ in range(100):
                    file.write(bytes(MIB))
        read = self.read(path)
        self.assertEqual(list(read.entries), ["Ana_1", "Zoe_2"])
        self.assert_some(read.complaints, "'Mal_3'", "more than 200 times", "not graded")

    def test_a_bomb_beside_the_files_of_others_spoils_its_own_alone(self):
        for around in ("", "submissions/", "course/week 1/"):
            with self.subTest(around):
                path = self.write("class.zip", intake.zipped({f"{around}ana_1_11_server.c": SERVER}))
                with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
                    with archive.open(f"{around}mal_2_12_zeros.c", "w", force_zip64=True) as file:
                        for _ in range(100):
                            file.write(bytes(MIB))
                    archive.writestr(f"{around}zoe_3_13_server.c", SERVER)
                read = self.read(path)
                self.assertEqual((read.layout, list(read.entries)), ("canvas", ["ana_1", "zoe_3"]))
                self.assertEqual(len(read.complaints), 1, read.complaints)
                self.assert_some(read.complaints, "'mal_2'", "more than 200 times", "not graded")

    def test_a_hole_in_a_sparse_file_is_counted(self):
        if not shutil.which("tar"):
            self.skipTest("there is no tar")
        with open(self.folder / "hole.c", "wb") as file:
            file.seek(8 << 30)
            file.write(b"x")
        subprocess.run(["tar", "-S", "-czf", "sparse.tar.gz", "hole.c"], cwd=self.folder, check=True)
        read = self.check_class((self.folder / "sparse.tar.gz").read_bytes(), "mallory.tar.gz")
        self.assertNotIn("mallory_2", read.entries)
        self.assert_some(read.complaints, "mallory_2", "more than 200 times")

    def test_too_many_files_are_a_complaint(self):
        for count, graded in ((20000, True), (20001, False)):
            with self.subTest(count):
                read = self.check_class(zip_of(*[(f"{i}.c", b"") for i in range(count)]))
                self.assertEqual("mallory_2" in read.entries, graded)
                if not graded:
                    self.assert_some(read.complaints, "mallory_2", "more than 20000 files")

    def test_too_many_files_of_one_in_the_archive_of_the_class(self):
        files = {f"mal/{i}.c": b"" for i in range(20001)}
        files.update({"ana/server.c": SERVER})
        read = self.read(self.write("class.tar.gz", intake.tarred(files)))
        self.assertEqual(list(read.entries), ["ana"])
        self.assert_some(read.complaints, "'mal'", "more than 20000 files")

    def test_folders_may_be_as_deep_as_where_one_submission_is_graded(self):
        read = self.check_class(zip_of(("a/" * 60 + "server.c", SERVER), ("server.c", SERVER)))
        self.assertIn("mallory_2", read.entries)
        self.write("s/ana/" + "d/" * 64 + "server.c", SERVER)
        self.write("s/bo/server.c", SERVER)
        self.assertEqual(list(self.read("s").entries), ["ana", "bo"])

    def test_folders_too_deep_and_names_too_long(self):
        read = self.check_class(zip_of(("a/" * 65 + "server.c", SERVER), ("server.c", SERVER)))
        self.assertNotIn("mallory_2", read.entries)
        self.assert_some(read.complaints, "mallory_2", "nested too deep")
        read = self.check_class(zip_of(("n" * 5000 + ".c", SERVER), ("é" * 126 + ".c", SERVER), ("server.c", SERVER)))
        names = list(read.files("mallory_2"))
        self.assertEqual(len(names), 3)
        self.assertLess(max(len(os.fsencode(name)) for name in names), 256)
        self.assert_some(read.notes("mallory_2"), "a name was changed", "too long")
        path = self.folder / "s/bo"
        path.mkdir(parents=True)
        deep = path
        for _ in range(65):
            deep = deep / "d"
        deep.mkdir(parents=True)
        (deep / "server.c").write_bytes(SERVER)
        self.write("s/cy/server.c", SERVER)
        read = self.read("s")
        self.assertEqual(list(read.entries), ["cy"])
        self.assert_some(read.complaints, "'bo'", "nested too deep")

    def test_names_are_made_harmless(self):
        names = [b"caf\xe9.c", b"-o.c", b"new\nline.c", b"\xe2\x80\xaec.exe", b"tab\there.c", "süß 孙.c".encode(),
                 b"q'uote\";$(x).c", b"esc\x1b[31m.c"]
        stand_ins = [chr(ord("A") + i) * len(name) for i, name in enumerate(names)]
        plain = zip_of(*[(name, SERVER) for name in stand_ins])
        for stand_in, name in zip(stand_ins, names):
            self.assertEqual(plain.count(stand_in.encode()), 2)
            plain = plain.replace(stand_in.encode(), name)
        read = self.check_class(plain)
        self.assertEqual(sorted(read.files("mallory_2")), sorted([
            "caf_e9.c", "_-o.c", "new_line.c", "_c.exe", "tab_here.c", "süß 孙.c", "q'uote\";$(x).c", "esc_[31m.c"]))
        notes = read.notes("mallory_2")
        self.assert_some(notes, r"'caf\xe9.c' is now 'caf_e9.c'", "not UTF-8")
        self.assert_some(notes, "'-o.c' is now '_-o.c'", "begins with '-'")
        self.assert_some(notes, r"'new\nline.c'", "cannot be seen")
        self.assertEqual(len([note for note in notes if "a name was changed" in note]), 6, notes)
        for note in notes:
            self.assertNotRegex(note, "[\x00-\x1f\u202e]")

    def test_names_that_are_not_utf_8_in_a_folder(self):
        path = self.folder / "s/bo"
        path.mkdir(parents=True)
        (path / os.fsdecode(b"caf\xe9.c")).write_bytes(SERVER)
        self.write("s/cy/server.c", SERVER)
        student = self.folder / "s" / os.fsdecode(b"d\xe9e")
        student.mkdir()
        (student / "server.c").write_bytes(SERVER)
        read = self.read("s")
        self.assertEqual(read.files("bo"), {"caf_e9.c": SERVER})
        self.assertEqual(len(read.entries), 3)
        self.assertEqual([name for name in read.entries if name.isascii()], list(read.entries))

    def test_names_that_clash(self):
        read = self.check_class(zip_of(("Server.c", b"1"), ("server.c", b"2"), ("x", b"3"), ("x/y.c", b"4")))
        self.assertEqual(read.files("mallory_2"), {"Server.c": b"1", "server.c": b"2", "x": b"3"})
        self.assert_some(read.notes("mallory_2"), "'Server.c' and 'server.c' differ in case alone")
        self.assert_some(read.notes("mallory_2"), "left out: 'x/y.c'", "something else has its name")
        read = self.check_class(tar_of(("a.c", b"first one"), ("a.c", b"2nd")), "mallory.tar.gz")
        self.assertEqual(read.files("mallory_2"), {"a.c": b"2nd"})
        self.assert_some(read.notes("mallory_2"), "'a.c' stands twice")

    def test_archives_in_archives(self):
        inner = zip_of(("deep/server.c", SERVER))
        read = self.check_class(zip_of(("middle.zip", inner)))
        self.assertEqual(list(read.files("mallory_2")), ["middle.zip"])
        read = self.check_class(zip_of(("old.zip", inner), ("server.c", SERVER)))
        self.assertEqual(list(read.files("mallory_2")), ["old.zip", "server.c"])

        intake.write_folder(self.folder / "s", {"bo/server.c": SERVER, "bo/old.zip": inner, "cy/server.zip": inner,
                                                "cy/client.tar.xz": intake.tarred({"client.c": SERVER}, "xz"),
                                                "dee/work.rar": b"Rar!"})
        read = self.read("s")
        self.assertEqual(list(read.files("bo")), ["old.zip", "server.c"])
        self.assert_some(read.notes("bo"), "'old.zip' stays packed")
        self.assertEqual(read.files("cy"), {"server/server.c": SERVER, "client/client.c": SERVER})
        self.assert_some(read.notes("dee"), "'work.rar'", "not read")

    def test_every_sort_of_archive_is_read(self):
        files = {"tugas/server.c": SERVER}
        plain = intake.tarred(files, "")
        sorts = {"zip": intake.zipped(files), "tar": plain, "tar.gz": intake.tarred(files), "tgz": intake.tarred(files),
                 "tar.xz": intake.tarred(files, "xz"), "tar.bz2": intake.tarred(files, "bz2")}
        if shutil.which("zstd"):
            sorts["tar.zst"] = subprocess.run(["zstd", "-q", "-c"], input=plain, stdout=subprocess.PIPE, check=True).stdout
        elif os.environ.get("SG_MUST_RUN") == "1":
            self.fail("there is no zstd")
        for name, content in sorts.items():
            with self.subTest(name):
                path = self.write(f"bo.{name}", content)
                self.assertEqual(self.read(path).files("bo"), {"server.c": SERVER})

    def test_damaged_and_locked_archives_are_complaints(self):
        whole = zip_of(("server.c", SERVER), ("big.c", os.urandom(100000)))
        tar = tar_of(("server.c", SERVER), ("big.c", os.urandom(100000)))
        bad = bytearray(whole)
        bad[60000] ^= 0xff
        rows = [
            ("cut", tar[:50000], "mallory.tar.gz"),
            ("cut zip", whole[:50000], "mallory.zip"),
            ("changed", bytes(bad), "mallory.zip"),
            ("locked", locked(whole), "mallory.zip"),
            ("empty", b"", "mallory.zip"),
            ("nothing of it", os.urandom(1000), "mallory.zip"),
            ("text", b"this is no archive", "mallory.tar.gz"),
        ]
        for name, content, file in rows:
            with self.subTest(name):
                read = self.check_class(content, file)
                self.assertNotIn("mallory_2", read.entries)
                self.assertEqual(len(read.complaints), 1, read.complaints)
                self.assert_some(read.complaints, "mallory_2", "not graded")
        self.assert_some(self.check_class(locked(whole)).complaints, "password")

    def test_what_spoils_a_folder_spoils_all_in_it(self):
        """Behind folders in folders it cannot be told while it is unpacked where one student's files begin."""
        content = bytearray(zip_of(*[(f"a/b/c/{name}", SERVER) for name in
                                     ("ana/server.c", "bo/secret.c", "bo/server.c", "zoe/server.c")]))
        for header, flags in ((30, 6), (46, 8)):  # in the one file, and in the list of all
            name = b"a/b/c/bo/secret.c"
            content[(content.find(name) if header == 30 else content.rfind(name)) - header + flags] |= 1
        self.write("class.zip", bytes(content))
        read = self.read("class.zip")
        self.assertEqual(read.entries, {})
        for student in ("ana", "bo"):
            self.assert_some(read.complaints, f"'{student}' in", "protected by a password", "not graded")
        self.assert_some(read.complaints, "'a/b/c': 'a/b/c/bo/secret.c' is protected by a password")

    def test_more_is_wrong_than_can_be_said(self):
        """Remarks of more than 16 MiB: each file has a password and a long name, with bytes that are shown as
        four."""
        folders = "\x01" * 120 + "y" * 85 + "/" + "z" * 205
        self.write("class.zip", locked(zip_of(*[(f"{folders}/{i:05}{'n' * 200}", b"") for i in range(15500)])))
        read = self.read("class.zip")
        self.assertEqual(read.entries, {})
        self.assertEqual(read.complaints[0], "'class.zip': too much is wrong with it")
        self.assert_some(read.complaints, "protected by a password", "not graded")

    def test_more_to_complain_of_than_anybody_reads(self):
        self.write("s/bo/server.c", SERVER)
        self.write("s/cy/server.c", SERVER)
        for i in range(2003):
            (self.folder / f"s/link-{i}").symlink_to("/etc")
        read = self.read("s")
        self.assertEqual(list(read.entries), ["bo", "cy"])
        self.assertEqual((len(read.complaints), read.complaints[-1]), (2001, "and 3 complaints more"))

    def test_a_class_whose_archive_is_cut_off_keeps_what_came_before(self):
        files = {"ana/server.c": SERVER, "bo/server.c": SERVER, "cy/big.c": os.urandom(200000), "dee/server.c": SERVER}
        cut = intake.tarred(files)[:100000]
        read = self.read(self.write("class.tar.gz", cut))
        self.assertEqual(list(read.entries), ["ana", "bo"])
        self.assert_some(read.complaints, "class.tar.gz", "damaged")
        self.assert_some(read.complaints, "'cy'", "not graded")

    def test_what_others_leave_behind_is_left_out(self):
        files = {"tugas/server.c": SERVER, "__MACOSX/tugas/._server.c": b"x", "tugas/.DS_Store": b"x",
                 "tugas/._server.c": b"x", "tugas/.git/config": b"[secret]", "tugas/.gitignore": b"*.o\n"}
        read = self.check_class(intake.zipped(files))
        self.assertEqual(read.files("mallory_2"), {"server.c": SERVER, ".gitignore": b"*.o\n"})
        for name in ("__MACOSX", ".DS_Store", "._*", ".git"):
            self.assert_some(read.notes("mallory_2"), f"'{name}'")

    def test_an_archive_of_nothing_is_told(self):
        read = self.check_class(intake.zipped({}))
        self.assertEqual(read.files("mallory_2"), {})
        self.assert_some(read.notes("mallory_2"), "no file in it")
        self.assert_some(self.read(self.write("none.zip", intake.zipped({}))).complaints, "no submission in it")


if __name__ == "__main__":
    intake.main()
