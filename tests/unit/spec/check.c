/* SPDX-License-Identifier: MIT
 * What the tables cannot say. The messages themselves are tests/errors/'s; here are the edges that must
 * pass, and the ones that only just must not. */
#include "spec/check.h"

#include "loaded.h"

struct row {
    const char *name, *text, *said; /* `said`: the first complaint; NULL: there is none */
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        LOADED(loaded, rows[i].text);
        const struct sg_complaints *complaints = &loaded.complaints;
        const char *said = complaints->count ? complaints->items[0].text : "nothing";
        cr_expect_str_eq(said, rows[i].said ? rows[i].said : "nothing", "%s", rows[i].name);
        cr_expect_leq(complaints->count, 1, "%s: then '%s'", rows[i].name,
                      complaints->count > 1 ? complaints->items[1].text : "");
    }
}

#define PLAY(steps)        HEAD "cases:\n" CASE("one") "    play: [" steps "]\n"
#define CLIENT_PLAY(steps) HEAD "cases:\n" CLIENT_CASE("one") "    play: [" steps "]\n"
#define START              "client: {start: {message: \"x\"}}"

Test(check, plays_that_make_sense)
{
    static const struct row rows[] = {
        {"half-close, and reading on",
         PLAY("c: connect, c: shutdown, c: {expect: \"x\"}, c: expect_eof"), NULL},
        {"connecting again after closing", PLAY("c: connect, c: close, c: connect, c: quiet"),
         NULL},
        {"connecting again after the end", PLAY("c: connect, c: expect_eof, c: connect, c: quiet"),
         NULL},
        {"closing after the end", PLAY("c: connect, c: expect_eof, c: close"), NULL},
        {"sending after the program's end", PLAY("c: connect, c: expect_eof, c: {send: \"x\"}"),
         NULL},
        {"a group and one of it", PLAY("many*: connect, many2: quiet"), NULL},
        {"reading again",
         PLAY("c: connect, c: stop_reading, c: resume_reading, c: {expect: \"x\"}"), NULL},
        {"a repetition that closes",
         PLAY("repeat: {times: 2, play: [c: connect, c: close]}, server: running"), NULL},
        {"once is no repetition", PLAY("repeat: {times: 1, play: [c: connect]}, server: running"),
         NULL},
        {"a restart", PLAY("server: kill, server: restart, c: connect, c: quiet"), NULL},
        {"accepting twice",
         CLIENT_PLAY("s: listen, " START ", s: accept, s: close, s: listen, " START ", s: accept"),
         NULL},
        {"a client without a server", CLIENT_PLAY(START ", client: expect_failure"), NULL},
    };
    check_rows(rows, SG_COUNT(rows));
}

Test(check, plays_that_make_none)
{
    static const struct row rows[] = {
        {"a group of which one is not connected", PLAY("many1: connect, many*: quiet"),
         "'many*' cannot 'quiet': it is not connected yet"},
        {"the second time in a repetition",
         PLAY("repeat: {times: 2, play: [c: connect]}, server: running"),
         "'c' cannot 'connect': it is connected already"},
        {"shutting down twice", PLAY("c: connect, c: shutdown, c: shutdown, c: quiet"),
         "'c' cannot 'shutdown': it has ended its stream"},
        {"closing what is closed", PLAY("c: connect, c: quiet, c: close, c: close"),
         "'c' cannot 'close': it has closed its connection"},
        {"a member that is not there", PLAY("many4: connect, server: running"),
         "'many' is a group: write many1 to many3, or many* for all"},
        {"a star behind a single peer", PLAY("c*: connect, server: running"),
         "nobody is called 'c*' (did you mean 'c'?)"},
        {"a number with a zero before it", PLAY("many01: connect, server: running"),
         "'many' is a group: write many1 to many3, or many* for all"},
        {"a program that is not cast", PLAY("client: running"),
         "nobody plays 'client' in this case: name it under 'programs'"},
    };
    check_rows(rows, SG_COUNT(rows));
}

Test(check, points_add_up_across_matrices)
{
    static const struct row rows[] = {
        {"a matrix counts once",
         HEAD "total: {server: 3}\ncases:\n" CASE("a") QUIET_PLAY
         "  - id: b\n    title: B\n    role: server\n    points: 2\n    for: {cut: [bytes, [1], "
         "[2]]}\n"
         "    play: [c: connect, c: {send: \"hello\", as: $cut}, c: quiet]\n",
         NULL},
        {"a role without cases is worth 0",
         HEAD "total: {client: 0}\ncases:\n" CASE("a") QUIET_PLAY, NULL},
        {"a thousandth too many", HEAD "total: {server: 0.999}\ncases:\n" CASE("a") QUIET_PLAY,
         "the cases of the server add up to 1 points"},
    };
    check_rows(rows, SG_COUNT(rows));
}

Test(check, many_cases_that_need_each_other_are_walked_once)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_add_text(&text, HEAD "cases:\n");
    for (int i = 0; i < 60; i++) { /* each needs the two before it: 2 to the 60th paths */
        sg_bytes_printf(&text, "  - id: c%d\n    title: A case\n    role: server\n    points: 1\n",
                        i);
        if (i > 1)
            sg_bytes_printf(&text, "    needs: [c%d, c%d]\n", i - 1, i - 2);
        sg_bytes_add_text(&text, QUIET_PLAY);
    }
    RIGHT(loaded, sg_bytes_text(&text));
    cr_expect_eq(loaded.spec->assignment.cases.count, 60);
}

Test(check, data_may_be_as_large_as_it_may_be)
{
    static const struct row rows[] = {
        {"64 MiB",
         HEAD "data: {a: {repeat: {random: 16MiB}, times: 4}}\ncases:\n" CASE("a") QUIET_PLAY,
         NULL},
        {"a byte more",
         HEAD "data: {a: [{repeat: {random: 16MiB}, times: 4}, \"x\"]}\ncases:\n" CASE("a")
             QUIET_PLAY,
         "more than 64MiB of data"},
    };
    check_rows(rows, SG_COUNT(rows));
}
