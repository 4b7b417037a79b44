/* SPDX-License-Identifier: MIT
 * A case is told in words and as a ladder. */
#include "spec/show.h"

#include "base/utf8.h"
#include "loaded.h"

Test(show, every_action_has_its_words)
{
    for (int action = 1; action < SG_ACT_END; action++) {
        const char *words = sg_show_words(action);
        cr_assert_not_null(words, "'%s'", sg_action_info(action)->word);
        bool program = sg_action_info(action)->actors & (SG_ACTOR_PROGRAM | SG_ACTOR_NOBODY);
        cr_expect_eq(sg_show_form(action) == SG_SHOW_SENTENCE, program, "'%s'", words);
    }
}

Test(show, no_name_for_what_a_step_adds_is_left_in_the_words)
{
    RIGHT(loaded, HEAD "cases:\n" CASE("one") QUIET_PLAY);
    for (int action = 1; action < SG_ACT_END; action++) {
        struct sg_step step = {
            .actor = "server", .action = action, .signal = 15, .file = "out", .to = "other"};
        step.data.form = SG_DATA_EVERY_BYTE;
        sg_autobytes struct sg_bytes out = {0};
        sg_show_step(&loaded.spec->assignment, &step, &out);
        cr_expect_gt(out.length, 0);
        cr_expect_null(strchr(sg_bytes_text(&out), '{'), "%s", sg_bytes_text(&out));
    }
}

static void expect_shown(const char *text, const char *name, bool ascii, const char *expected)
{
    RIGHT(loaded, text);
    sg_autobytes struct sg_bytes out = {0};
    sg_spec_show(&loaded.spec->assignment, find_case(&loaded, name), ascii, &out);
    cr_expect_str_eq(sg_bytes_text(&out), expected);
}

Test(show, a_server_is_told_as_a_ladder)
{
    expect_shown(HEAD "groups: {basics: Basics}\ndata: {message: [{words: 2}, \".\"]}\n"
                      "cases:\n" CASE("first") QUIET_PLAY
                 "  - id: one\n    title: It comes back\n    role: server\n    points: 1.5\n"
                 "    group: basics\n    needs: [first]\n    hidden: true\n    family: ipv6\n"
                 "    play:\n"
                 "      - c: connect\n"
                 "      - c: {send: \"hello\\n\", as: {parts: 3}}\n"
                 "      - c: {expect: \"hello\\n\"}\n"
                 "      - c: {send: {ref: message}}\n"
                 "      - c: expect_closed\n"
                 "      - server: kill\n",
                 "one", false,
                 "one · server · 1.5 points · basics · hidden · IPv6\n"
                 "It comes back\n"
                 "needs first\n"
                 "\n"
                 "  server is started, and listens\n"
                 "  c ─── connect ────────────────────▶ server\n"
                 "  c ─── \"hello\\n\", in 3 pieces ─────▶ server\n"
                 "  c ◀── the same ──────────────────── server\n"
                 "  c ─── message ────────────────────▶ server\n"
                 "  c ◀── end of stream, or reset ───── server\n"
                 "  server is killed; the kernel ends its connections\n"
                 "\n"
                 "  message is 2 words + \".\"\n");
}

Test(show, a_client_is_told_in_ascii)
{
    expect_shown(HEAD "cases:\n" CLIENT_CASE("one") "    play:\n"
                                                    "      - s: listen\n"
                                                    "      - client: {start: {message: \"x\"}}\n"
                                                    "      - s: accept\n"
                                                    "      - s: {expect_message: \"x\"}\n"
                                                    "      - client: {expect_exit: nonzero}\n",
                 "one", true,
                 "one - client - 1 point\n"
                 "A case\n"
                 "\n"
                 "  s     listens\n"
                 "  client is started with $message = \"x\"\n"
                 "  s <-- connect -------------- client\n"
                 "  s <-- its message: \"x\" ----- client\n"
                 "  client ends with a status other than 0\n");
}

Test(show, a_repetition_is_indented_and_groups_are_told)
{
    expect_shown(HEAD "cases:\n" CASE(
                     "one") "    play:\n"
                            "      - repeat: {times: 5, play: [many*: connect, many*: close]}\n"
                            "      - server: {steady: [descriptors, processes]}\n",
                 "one", true,
                 "one - server - 1 point\n"
                 "A case\n"
                 "\n"
                 "  many* is many1 to many3\n"
                 "  server is started, and listens\n"
                 "  5 times:\n"
                 "    many* --- connect -----------> server\n"
                 "    many* --- close -------------> server\n"
                 "  the repetitions have left server no more descriptors and processes\n");
}

Test(show, in_ascii_our_signs_are_ascii)
{
    RIGHT(loaded, HEAD "cases:\n" CASE(
                      "one") "    play: [c: connect, c: {send: \"0123456789012345678901234567890"
                             "123456789012345678901234567890\"}, c: quiet]\n");
    sg_autobytes struct sg_bytes out = {0};
    sg_spec_show(&loaded.spec->assignment, find_case(&loaded, "one"), true, &out);
    for (size_t i = 0; i < out.length; i++)
        cr_assert_lt(out.data[i], 0x80);
}
