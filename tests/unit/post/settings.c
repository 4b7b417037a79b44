/* SPDX-License-Identifier: MIT
 * Settings, and that nothing of a secret stays where it was found. */
#include "post/settings.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "post/target.h"

enum { PLACE, KEY, COLOUR, ROWS };

static const struct sg_post_setting rows[ROWS] = {
    [PLACE] = {{"TEST_PLACE", "TEST_OTHER_PLACE"}, .needed = true, .help = "where it goes"},
    [KEY] = {{"TEST_KEY"}, .secret = true, .needed = true, .help = "what opens it"},
    [COLOUR] = {{"TEST_COLOUR"}, .otherwise = "green", .help = "how it looks"},
};

static const char secret[] = "correct horse battery staple";

static void set_up(void)
{
    cr_assert_eq(setenv("TEST_PLACE", "here", 1), 0);
    cr_assert_eq(setenv("TEST_KEY", secret, 1), 0);
}

static int read_all(struct sg_post_settings *ret, struct sg_error *err)
{
    return sg_settings_read(rows, ROWS, true, ret, err);
}

Test(settings, are_read_in_the_order_of_their_variables, .init = set_up)
{
    struct sg_post_settings settings;
    struct sg_error err = {0};
    cr_assert_eq(setenv("TEST_OTHER_PLACE", "there", 1), 0);
    cr_assert_eq(read_all(&settings, &err), 0, "%s", err.text);
    cr_expect_str_eq(settings.values[PLACE], "here");
    cr_expect_str_eq(settings.values[KEY], secret);
    cr_expect_str_eq(settings.values[COLOUR], "green");
    sg_settings_done(&settings);

    cr_assert_eq(setenv("TEST_PLACE", "", 1), 0); /* empty is not set */
    cr_assert_eq(read_all(&settings, &err), 0, "%s", err.text);
    cr_expect_str_eq(settings.values[PLACE], "there");
    sg_settings_done(&settings);
}

Test(settings, that_are_missing_are_named, .init = set_up)
{
    static const struct {
        const char *variable, *text;
    } missing[] = {
        {"TEST_PLACE", "TEST_PLACE is not set (where it goes)"},
        {"TEST_KEY", "neither TEST_KEY nor TEST_KEY_FILE is set (what opens it)"},
    };
    for (size_t i = 0; i < SG_COUNT(missing); i++) {
        struct sg_post_settings settings;
        struct sg_error err = {0};
        set_up();
        cr_assert_eq(unsetenv(missing[i].variable), 0);
        cr_expect_eq(read_all(&settings, &err), -1);
        cr_expect_eq(err.blame, SG_BLAME_INPUT);
        cr_expect_str_eq(err.text, missing[i].text);
        sg_settings_done(&settings);
    }
}

Test(settings, without_secrets_need_none)
{
    struct sg_post_settings settings;
    struct sg_error err = {0};
    cr_assert_eq(setenv("TEST_PLACE", "here", 1), 0);
    cr_assert_eq(sg_settings_read(rows, ROWS, false, &settings, &err), 0, "%s", err.text);
    cr_expect_null(settings.values[KEY]);
    sg_settings_done(&settings);
}

static char *write_file(const char *text)
{
    char *path = sg_strdup("/tmp/sockgrade-secret-XXXXXX");
    struct sg_error err = {0};
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    cr_assert_eq(sg_write_all(fd, sg_slice_text(text), &err), 0);
    (void)close(fd);
    return path;
}

Test(secret, may_be_in_a_file_with_or_without_a_line_end, .init = set_up)
{
    static const char *const endings[] = {"", "\n", "\r\n"};
    cr_assert_eq(unsetenv("TEST_KEY"), 0);
    for (size_t i = 0; i < SG_COUNT(endings); i++) {
        struct sg_post_settings settings;
        struct sg_error err = {0};
        sg_autofree char *text = sg_printf("%s%s", secret, endings[i]);
        sg_autofree char *path = write_file(text);
        cr_assert_eq(setenv("TEST_KEY_FILE", path, 1), 0);
        cr_expect_eq(read_all(&settings, &err), 0, "%zu: %s", i, err.text);
        cr_expect_str_eq(settings.values[KEY], secret, "%zu", i);
        sg_settings_done(&settings);
        (void)unlink(path);
    }
}

Test(secret, that_cannot_be_one_is_refused_and_not_shown, .init = set_up)
{
    static const struct {
        const char *name, *text, *said;
    } wrong[] = {
        {"short", "abc", "TEST_KEY: is shorter than 8 bytes"},
        {"a line end alone", "\n", "TEST_KEY: is shorter than 8 bytes"},
        {"two lines", "abcdefgh\nijklmnop", "TEST_KEY: holds a control character"},
        {"a header of its own", "abcdefgh\r\nX-Other: 1", "TEST_KEY: holds a control character"},
    };
    for (size_t i = 0; i < SG_COUNT(wrong); i++) {
        struct sg_post_settings settings;
        struct sg_error err = {0};
        cr_assert_eq(setenv("TEST_KEY", wrong[i].text, 1), 0);
        cr_expect_eq(read_all(&settings, &err), -1, "%s", wrong[i].name);
        cr_expect_str_eq(err.text, wrong[i].said, "%s", wrong[i].name);
        sg_settings_done(&settings);
    }
}

Test(secret, file_that_cannot_be_one_is_refused, .init = set_up)
{
    struct sg_post_settings settings;
    struct sg_error err = {0};
    cr_assert_eq(unsetenv("TEST_KEY"), 0);
    cr_assert_eq(setenv("TEST_KEY_FILE", "/nonexistent/file", 1), 0);
    cr_expect_eq(read_all(&settings, &err), -1);
    cr_expect_str_eq(err.text,
                     "TEST_KEY_FILE: cannot read '/nonexistent/file': No such file or directory");
    cr_expect_eq(err.blame, SG_BLAME_INPUT);
    sg_settings_done(&settings);

    cr_assert_eq(setenv("TEST_KEY_FILE", "/dev/zero", 1), 0);
    cr_expect_eq(read_all(&settings, &err), -1);
    cr_expect_str_eq(err.text, "TEST_KEY_FILE: '/dev/zero' is no file of at most 4096 bytes");
    sg_settings_done(&settings);
}

/* As many of its bytes as are still there. */
static bool environment_shows(const char *text)
{
    sg_autobytes struct sg_bytes environment = {0};
    cr_assert(sg_file_peek(AT_FDCWD, "/proc/self/environ", 1 << 20, &environment));
    return sg_slice_find(sg_bytes_slice(&environment), sg_slice_text(text)) != SIZE_MAX;
}

Test(secret, is_overwritten_where_the_kernel_put_it)
{
    /* PATH stands for a secret: it is there from execve() on, where setenv() never puts anything. */
    static const struct sg_post_setting path[] = {{{"PATH"}, .secret = true}};
    sg_autofree char *before = sg_strdup(getenv("PATH"));
    cr_assert(environment_shows(before), "the test has no PATH");
    sg_settings_forget(path, 1);
    cr_expect_null(getenv("PATH"));
    cr_expect_not(environment_shows(before));
}

Test(secret, is_forgotten_with_all_its_names, .init = set_up)
{
    sg_settings_forget(rows, ROWS);
    cr_expect_null(getenv("TEST_KEY"));
    cr_expect_str_eq(getenv("TEST_PLACE"), "here");
}

Test(secret, is_blotted_out_of_every_text)
{
    static const struct {
        const char *name, *before, *after;
    } texts[] = {
        {"not there", "nothing of it", "nothing of it"},
        {"alone", "correct horse battery staple", "(secret)"},
        {"twice", "<correct horse battery staplecorrect horse battery staple>",
         "<(secret)(secret)>"},
        {"half", "correct horse", "correct horse"},
        {"empty", "", ""},
    };
    struct sg_post_settings settings = {.rows = rows, .count = ROWS};
    settings.values[KEY] = sg_strdup(secret);
    for (size_t i = 0; i < SG_COUNT(texts); i++) {
        sg_autobytes struct sg_bytes text = {0};
        sg_bytes_add_text(&text, texts[i].before);
        sg_settings_redact(&settings, &text);
        cr_expect_str_eq(sg_bytes_text(&text), texts[i].after, "%s", texts[i].name);
    }
    sg_settings_done(&settings);
}

Test(targets, have_whole_rows)
{
    for (size_t i = 0; i < sg_post_target_count; i++) {
        const struct sg_post_target *target = sg_post_targets[i];
        cr_expect(target->name && target->help && target->next && target->check);
        cr_expect_leq(target->setting_count, SG_MOST_POST_SETTINGS, "%s", target->name);
        for (size_t s = 0; s < target->setting_count; s++) {
            const struct sg_post_setting *row = &target->settings[s];
            cr_expect(row->variables[0] && row->help, "%s %zu", target->name, s);
            cr_expect_not(row->secret && row->otherwise, "%s %zu", target->name, s);
        }
    }
}
