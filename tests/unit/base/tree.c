/* SPDX-License-Identifier: MIT
 * Trees are copied within bounds, and removed whatever was done to their rights. */
#include "base/tree.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../scratch.h"
#include "base/table.h"

/* from/{file, link -> file, fifo, skipped, folder/deep} */
static void make_tree(const struct scratch *scratch)
{
    struct sg_error err = {0};
    sg_autofree char *folder = scratch_path(scratch, "from/folder");
    cr_assert_eq(sg_make_folders(folder, &err), 0, "%s", err.text);
    scratch_write(scratch, "from/file", "contents");
    scratch_write(scratch, "from/skipped", "not wanted");
    scratch_write(scratch, "from/folder/deep", "below");
    sg_autofree char *link = scratch_path(scratch, "from/link");
    sg_autofree char *fifo = scratch_path(scratch, "from/fifo");
    cr_assert_eq(symlink("file", link), 0);
    cr_assert_eq(mkfifo(fifo, 0600), 0);
}

static bool skip(const char *name)
{
    return strcmp(name, "skipped") == 0;
}

static const struct sg_copy_limits roomy = {.most_files = 100, .most_bytes = 1 << 20, .skip = skip};

static int copy(const struct scratch *scratch, const struct sg_copy_limits *limits,
                struct sg_error *err)
{
    sg_autofree char *from = scratch_path(scratch, "from");
    sg_autofree char *to = scratch_path(scratch, "to");
    return sg_copy_tree(from, to, limits, err);
}

Test(tree, files_folders_and_links_are_copied_and_nothing_else)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    make_tree(&scratch);
    cr_assert_eq(copy(&scratch, &roomy, &err), 0, "%s", err.text);
    static const struct {
        const char *name;
        bool there;
    } rows[] = {{"to/file", true},
                {"to/link", true},
                {"to/folder/deep", true},
                {"to/fifo", false},
                {"to/skipped", false}};
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct stat status;
        sg_autofree char *path = scratch_path(&scratch, rows[i].name);
        cr_expect_eq(lstat(path, &status) == 0, rows[i].there, "%s", rows[i].name);
    }
    char target[16] = "";
    sg_autofree char *link = scratch_path(&scratch, "to/link");
    cr_expect_eq(readlink(link, target, sizeof target - 1), 4);
    cr_expect_str_eq(target, "file");
}

Test(tree, copying_stays_within_its_limits)
{
    static const struct {
        const char *name;
        struct sg_copy_limits limits;
        const char *text;
    } rows[] = {
        {"too many files", {.most_files = 3, .most_bytes = 1 << 20}, "more than 3 files"},
        {"too many bytes", {.most_files = 100, .most_bytes = 9}, "more than 0 MiB"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        SCRATCH(scratch);
        struct sg_error err = {.blame = SG_BLAME_MACHINE};
        make_tree(&scratch);
        cr_expect_eq(copy(&scratch, &rows[i].limits, &err), -1, "%s", rows[i].name);
        cr_expect_not_null(strstr(err.text, rows[i].text), "%s: %s", rows[i].name, err.text);
        cr_expect_eq(err.blame, SG_BLAME_INPUT, "%s", rows[i].name);
    }
}

Test(tree, nothing_is_copied_over_what_is_there)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    make_tree(&scratch);
    cr_assert_eq(copy(&scratch, &roomy, &err), 0, "%s", err.text);
    cr_expect_eq(copy(&scratch, &roomy, &err), -1);
}

Test(tree, a_missing_source_is_the_inputs_fault)
{
    SCRATCH(scratch);
    struct sg_error err = {.blame = SG_BLAME_MACHINE};
    cr_expect_eq(copy(&scratch, &roomy, &err), -1);
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
}

Test(tree, a_tree_without_rights_is_removed)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    make_tree(&scratch);
    sg_autofree char *top = scratch_path(&scratch, "from");
    sg_autofree char *folder = scratch_path(&scratch, "from/folder");
    cr_assert_eq(chmod(folder, 0), 0);
    cr_assert_eq(chmod(top, 0500), 0);
    cr_expect_eq(sg_remove_tree(top, &err), 0, "%s", err.text);
    cr_expect_neq(access(top, F_OK), 0);
    cr_expect_eq(sg_remove_tree(top, &err), 0, "what is gone is removed: %s", err.text);
}

Test(tree, removing_follows_no_link)
{
    SCRATCH(scratch);
    struct sg_error err = {0};
    make_tree(&scratch);
    sg_autofree char *kept = scratch_path(&scratch, "from/folder");
    sg_autofree char *link = scratch_path(&scratch, "link-to-folder");
    sg_autofree char *deep = scratch_path(&scratch, "from/folder/deep");
    cr_assert_eq(symlink(kept, link), 0);
    cr_expect_eq(sg_remove_tree(link, &err), 0, "%s", err.text);
    cr_expect_eq(access(deep, F_OK), 0);
}

Test(tree, one_that_is_two_thousand_deep_is_removed)
{
    SCRATCH(scratch);
    sg_autofree char *top = scratch_path(&scratch, "deep");
    cr_assert_eq(mkdir(top, 0700), 0);
    int dir = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < 2000; i++) {
        cr_assert_eq(mkdirat(dir, "d", i % 7 ? 0700 : 0500), 0);
        cr_assert_eq(fchmodat(dir, "d", 0700, 0), 0);
        int below = openat(dir, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        cr_assert_geq(below, 0);
        (void)close(dir);
        dir = below;
    }
    (void)close(dir);
    struct sg_error err = {0};
    cr_expect_eq(sg_remove_tree(top, &err), 0, "%s", err.text);
    cr_expect_neq(access(top, F_OK), 0);
}

Test(tree, is_measured_up_to_a_bound)
{
    SCRATCH(scratch);
    make_tree(&scratch);
    sg_autofree char *from = scratch_path(&scratch, "from");
    const struct sg_tree_size all = {.files = 100, .bytes = 1 << 30},
                              few = {.files = 2, .bytes = 1 << 30};
    cr_expect_gt(sg_measure_tree(from, &all).files, 4);
    cr_expect_gt(sg_measure_tree(from, &few).files, 2);
}

Test(tree, what_is_measured_as_too_much_cannot_be_copied)
{
    static const struct sg_tree_size most = {.files = 100, .bytes = 1 << 20};
    for (int depth = SG_DEEPEST_FOLDERS; depth <= SG_DEEPEST_FOLDERS + 1; depth++) {
        SCRATCH(scratch);
        struct sg_error err = {0};
        sg_autofree char *from = scratch_path(&scratch, "from");
        sg_autobytes struct sg_bytes deep = {0};
        sg_bytes_add_text(&deep, from);
        for (int i = 0; i < depth; i++)
            sg_bytes_add_text(&deep, "/d");
        cr_assert_eq(sg_make_folders(sg_bytes_text(&deep), &err), 0);
        cr_expect_eq(sg_measure_tree(from, &most).files > most.files, depth > SG_DEEPEST_FOLDERS);
        cr_expect_eq(copy(&scratch, &roomy, &err) < 0, depth > SG_DEEPEST_FOLDERS);
    }
    SCRATCH(scratch);
    struct sg_error err = {0};
    make_tree(&scratch);
    sg_autofree char *from = scratch_path(&scratch, "from");
    sg_autofree char *file = scratch_path(&scratch, "from/file");
    cr_expect_leq(sg_measure_tree(from, &most).bytes, most.bytes);
    cr_assert_eq(truncate(file, 2 << 20), 0);
    cr_expect_gt(sg_measure_tree(from, &most).bytes, most.bytes, "it has a hole");
    cr_expect_eq(copy(&scratch, &roomy, &err), -1);
}
