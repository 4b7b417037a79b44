/* SPDX-License-Identifier: MIT
 * Files are read within bounds, and written whole or not at all. */
#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../scratch.h"
#include "base/table.h"

static size_t count_entries(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    cr_assert_not_null(folder);
    while (readdir(folder))
        count++;
    (void)closedir(folder);
    return count - 2;
}

static void expect_holds(const char *path, const char *text)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes found = {0};
    cr_assert_eq(sg_file_read(path, 1000, &found, &err), 0, "%s", err.text);
    cr_expect_str_eq(sg_bytes_text(&found), text);
}

Test(file, is_read_up_to_a_bound)
{
    SCRATCH(scratch);
    scratch_write(&scratch, "five", "12345");
    sg_autofree char *path = scratch_path(&scratch, "five");
    static const struct {
        const char *name;
        size_t most;
        int result;
    } rows[] = {
        {"more room than needed", 100, 0}, {"just enough", 5, 0}, {"a byte too few", 4, -1}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes found = {0};
        cr_expect_eq(sg_file_read(path, rows[i].most, &found, &err), rows[i].result, "%s",
                     rows[i].name);
        if (rows[i].result < 0)
            cr_expect_not_null(strstr(err.text, "is larger than"), "%s", err.text);
        else
            cr_expect_str_eq(sg_bytes_text(&found), "12345", "%s", rows[i].name);
    }
}

Test(file, what_is_no_regular_file_is_refused_and_blames_the_input)
{
    SCRATCH(scratch);
    sg_autofree char *fifo = scratch_path(&scratch, "fifo");
    sg_autofree char *missing = scratch_path(&scratch, "missing");
    cr_assert_eq(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path, *text;
    } rows[] = {
        {scratch.path, "is no regular file"},
        {fifo, "is no regular file"},
        {missing, "No such file"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_error err = {.blame = SG_BLAME_MACHINE};
        sg_autobytes struct sg_bytes found = {0};
        cr_expect_eq(sg_file_read(rows[i].path, 1000, &found, &err), -1, "%s", rows[i].path);
        cr_expect_eq(err.blame, SG_BLAME_INPUT, "%s", rows[i].path);
        cr_expect_not_null(strstr(err.text, rows[i].text), "%s", err.text);
    }
}

Test(file, is_replaced_and_nothing_is_left_beside_it)
{
    SCRATCH(scratch);
    sg_autofree char *path = scratch_path(&scratch, "result.json");
    scratch_write(&scratch, "result.json", "old");
    scratch_write(&scratch, "result.json", "new and longer");
    expect_holds(path, "new and longer");
    scratch_write(&scratch, "result.json", "");
    expect_holds(path, "");
    cr_expect_eq(count_entries(scratch.path), 1);
}

Test(file, a_link_or_a_pipe_is_not_written_to)
{
    SCRATCH(scratch);
    sg_autofree char *link = scratch_path(&scratch, "link");
    sg_autofree char *target = scratch_path(&scratch, "target");
    scratch_write(&scratch, "target", "mine");
    cr_assert_eq(symlink(target, link), 0);
    sg_autofree char *fifo = scratch_path(&scratch, "fifo");
    cr_assert_eq(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path, *text;
    } rows[] = {{link, "it is a symbolic link"}, {fifo, "it is no regular file"}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_error err = {.blame = SG_BLAME_MACHINE};
        cr_expect_eq(sg_file_write(rows[i].path, sg_slice_text("theirs"), &err), -1);
        cr_expect_eq(err.blame, SG_BLAME_INPUT, "%s", rows[i].path);
        cr_expect_not_null(strstr(err.text, rows[i].text), "%s", err.text);
        cr_expect_eq(sg_file_check_writable(rows[i].path, &err), -1, "%s", rows[i].path);
    }
    expect_holds(target, "mine");
}

Test(file, below_a_folder_no_link_is_followed_and_nothing_leads_out)
{
    SCRATCH(scratch);
    sg_autofree char *folder = scratch_path(&scratch, "folder");
    sg_autofree char *inner = scratch_path(&scratch, "folder/inner");
    sg_autofree char *link = scratch_path(&scratch, "folder/link");
    sg_autofree char *linked = scratch_path(&scratch, "folder/linked");
    sg_autofree char *fifo = scratch_path(&scratch, "folder/fifo");
    sg_autofree char *secret = scratch_path(&scratch, "secret");
    cr_assert_eq(mkdir(folder, 0700), 0);
    cr_assert_eq(mkdir(inner, 0700), 0);
    scratch_write(&scratch, "folder/inner/file", "own");
    scratch_write(&scratch, "secret", "theirs");
    cr_assert_eq(symlink(secret, link), 0);
    cr_assert_eq(symlink(inner, linked), 0);
    cr_assert_eq(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path;
        int result;
    } rows[] = {{"inner/file", 0}, {"./inner//file", 0},
                {"link", -1},      {"linked/file", -1},
                {"../secret", -1}, {"inner/../../secret", -1},
                {secret, -1},      {"fifo", -1},
                {"inner", -1},     {"", -1},
                {"missing", -1}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_error err = {0};
        sg_autobytes struct sg_bytes found = {0};
        cr_expect_eq(sg_file_read_below(folder, rows[i].path, 100, &found, &err), rows[i].result,
                     "%s", rows[i].path);
        if (!rows[i].result)
            cr_expect_str_eq(sg_bytes_text(&found), "own", "%s", rows[i].path);
    }
}

Test(file, a_folder_that_is_not_there_is_the_inputs_fault)
{
    SCRATCH(scratch);
    sg_autofree char *path = scratch_path(&scratch, "no/such/folder/result.json");
    struct sg_error err = {0};
    cr_expect_eq(sg_file_write(path, sg_slice_text("x"), &err), -1);
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
    cr_expect_not_null(strstr(err.text, "cannot write"), "%s", err.text);
}

Test(file, the_target_stays_where_the_rename_fails)
{
    SCRATCH(scratch);
    sg_autofree char *path = scratch_path(&scratch, "folder");
    cr_assert_eq(mkdir(path, 0700), 0);
    struct sg_error err = {0};
    cr_expect_eq(sg_file_write(path, sg_slice_text("x"), &err), -1);
    cr_expect_eq(count_entries(scratch.path), 1, "no part is left behind");
}

Test(file, folders_are_made_with_those_above)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    sg_autofree char *path = scratch_path(&scratch, "a/b/c");
    cr_expect_eq(sg_make_folders(path, &err), 0, "%s", err.text);
    cr_expect_eq(sg_make_folders(path, &err), 0, "a second time is no error: %s", err.text);
    cr_expect_eq(access(path, F_OK), 0);
}

Test(file, a_descriptor_that_is_taken_is_not_closed)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    {
        sg_autoclose int own = fd;
        cr_expect_eq(sg_take_fd(&own), fd);
        cr_expect_eq(own, -1);
    }
    cr_expect_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
    {
        sg_autoclose int own = fd;
        (void)own;
    }
    cr_expect_eq(fcntl(fd, F_GETFD), -1);
}
