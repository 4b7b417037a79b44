/* SPDX-License-Identifier: MIT
 * What of the caller's home programs see, and in which folders they are looked for. */
#include "program/toolchains.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "../scratch.h"
#include "program/submission.h"

static const char system_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

static void make_program(const char *home, const char *folder, const char *name)
{
    struct sg_error err = {0};
    sg_autofree char *path = sg_printf("%s/%s", home, folder);
    sg_autofree char *file = sg_printf("%s/%s", path, name);
    cr_assert_eq(sg_make_folders(path, &err), 0);
    cr_assert_eq(sg_file_write(file, sg_slice_text("#!/bin/sh\n"), &err), 0);
    cr_assert_eq(chmod(file, 0755), 0);
}

Test(toolchains, of_the_home_only_what_installers_of_languages_make)
{
    SCRATCH(scratch);
    const char *home = scratch.path;
    make_program(home, ".cargo/bin", "rustup");
    make_program(home, ".cargo/bin", "rustc");
    make_program(home, ".rustup/toolchains", "none");
    make_program(home, ".nvm/versions/node/v20/bin", "node");
    make_program(home, "bin", "rustc");
    sg_autofree char *path = sg_printf(
        "%s/bin:%s/.cargo/bin:%s/.nvm/versions/node/v20/bin:%s/.nvm/../bin:.:/usr/bin:/no/where",
        home, home, home, home);
    (void)setenv("HOME", home, 1);
    (void)setenv("PATH", path, 1);
    (void)unsetenv("RUSTUP_HOME");
    struct sg_toolchains found;
    sg_toolchains_find(&found);
    sg_autofree char *wanted =
        sg_printf("%s/.cargo/bin:%s/.nvm/versions/node/v20/bin:%s", home, home, system_path);
    cr_expect_str_eq(found.path, wanted);
    sg_autofree char *rustc = sg_toolchains_which(&found, "rustc");
    sg_autofree char *shown = sg_printf("%s/.cargo/bin/rustc", home);
    cr_expect_str_eq(rustc, shown);
    sg_autofree char *rustup = sg_printf("%s/.rustup", home);
    cr_expect_str_eq(found.rustup, rustup);
    cr_assert_eq(found.folders.count, 3);
    sg_autofree char *cargo = sg_printf("%s/.cargo/bin", home);
    sg_autofree char *nvm = sg_printf("%s/.nvm/versions", home);
    cr_expect_str_eq(found.folders.items[0], cargo);
    cr_expect_str_eq(found.folders.items[1], nvm);
    cr_expect_str_eq(found.folders.items[2], rustup);
    sg_toolchains_done(&found);
}

Test(toolchains, without_a_home_or_a_path_there_is_the_system)
{
    (void)unsetenv("HOME");
    (void)unsetenv("PATH");
    struct sg_toolchains found;
    sg_toolchains_find(&found);
    cr_expect_str_eq(found.path, system_path);
    cr_expect_eq(found.folders.count, 0);
    cr_expect_null(found.rustup);
    sg_toolchains_done(&found);
}

Test(toolchains, what_a_path_alone_names_is_installed)
{
    SCRATCH(scratch);
    const char *home = scratch.path;
    make_program(home, ".nvm/versions/node/v20/bin", "node-of-nvm");
    make_program(home, "bin", "node-of-home");
    sg_autofree char *path = sg_printf("%s/bin:%s/.nvm/versions/node/v20/bin", home, home);
    struct sg_build_step step = {.tool = "node-of-nvm", .failed = true};
    (void)setenv("HOME", home, 1);
    (void)setenv("PATH", path, 1);
    cr_expect(sg_is_installed("node-of-nvm"));
    cr_expect(!sg_build_step_lacks_tool(&step));
    cr_expect(!sg_is_installed("node-of-home"), "programs do not see it");
    cr_expect(sg_is_installed("sh"));
    (void)setenv("PATH", "/usr/bin", 1);
    cr_expect(!sg_is_installed("node-of-nvm"));
    cr_expect(sg_build_step_lacks_tool(&step));
}
