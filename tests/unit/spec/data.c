/* SPDX-License-Identifier: MIT
 * Payload: equal seeds give equal bytes, and each form gives what it says. */
#include "spec/data.h"

#include "loaded.h"

static struct sg_slice peer_bytes(void *state, const char *name, bool sent)
{
    (void)state;
    return sg_slice_text(strcmp(name, "c") != 0 ? "" : sent ? "e03abc." : "four");
}

/* What `name` gives in the case `one` of `loaded`. */
static struct sg_bytes make(const struct loaded *loaded, const char *one, const char *name,
                            uint64_t seed, const char *submission)
{
    const struct sg_assignment *assignment = &loaded->spec->assignment;
    const struct sg_data_context context = {
        .assignment = assignment,
        .one = find_case(loaded, one),
        .seed = seed,
        .submission = submission,
        .peer_bytes = peer_bytes,
    };
    struct sg_bytes bytes = {0};
    sg_data_make(&context, sg_assignment_data(assignment, context.one, name), &bytes);
    return bytes;
}

#define DATA_SPEC(data) HEAD "data:\n" data "cases:\n" CASE("one") QUIET_PLAY CASE("two") QUIET_PLAY

Test(data, forms_give_what_they_say)
{
    static const struct {
        const char *name, *yaml;
        struct sg_slice expected;
    } rows[] = {
#define BYTES(text) {(const uint8_t *)(text), sizeof(text) - 1}
        {"a literal", "\"a\\0b\\r\\n\"", BYTES("a\0b\r\n")},
        {"an empty literal", "\"\"", BYTES("")},
        {"pieces", "[\"a\", \"b\", [\"c\"]]", BYTES("abc")},
        {"hex", "{hex: \"00 FF0d 0a\"}", BYTES("\x00\xff\x0d\x0a")},
        {"a repetition", "{repeat: \"ab\", times: 3}", BYTES("ababab")},
        {"no repetition", "{repeat: \"ab\", times: 0}", BYTES("")},
        {"the first half, rounded up", "{half_of: \"abc\"}", BYTES("ab")},
        {"what that leaves", "{rest_of: \"abc\"}", BYTES("c")},
        {"half of one byte", "{half_of: \"a\"}", BYTES("a")},
        {"other letters and digits", "{altered: \"az AZ, 09.\"}", BYTES("ba BA, 10.")},
        {"a number", "{numbered: 258}", BYTES("\0\0\1\2")},
        {"a number and data", "{numbered: 0, holds: \"ab\"}", BYTES("\0\0\0\0ab")},
        {"a reference", "{ref: other}", BYTES("other data")},
        {"what a peer received", "{received: c}", BYTES("four")},
        {"what a peer sent", "{sent: c}", BYTES("e03abc.")},
        {"a Caesar answer", "{caesar_answer: \"e03abc xyz.\"}", BYTES("def abc.")},
        {"a Caesar answer back", "{caesar_answer: \"d03def abc.rest\"}", BYTES("abc xyz.")},
        {"a Caesar answer without a number", "{caesar_answer: \"exxsame.\"}", BYTES("same.")},
        {"a Caesar answer to what was sent", "{caesar_answer: {sent: c}}", BYTES("def.")},
        {"a Caesar answer to too little", "{caesar_answer: \"e0\"}", BYTES("")},
        {"a record", "{record: [\"a|b\", \"\", \"c\\\\\"]}", BYTES("a\\|b||c\\\\\n")},
        {"an answer to a record", "{record_answer: \"a|b|c|d|\\\\|\\\\\\\\x\\n\"}",
         BYTES("OK 3\n")},
        {"answers to lines", "{record_answer: \"a|b|c|d|\\ne\\n|||||\\n\"}",
         BYTES("OK 0\nERR a field is missing\nERR there is a field too many\n")},
        {"no answer to a beginning", "{record_answer: \"a|b\"}", BYTES("")},
        {"the text of a line", "{line_text: \"ab\\n\"}", BYTES("ab")},
        {"the text of no whole line", "{line_text: \"ab\"}", BYTES("ab")},
        {"random bytes of one letter", "{random: 4, alphabet: \"x\"}", BYTES("xxxx")},
        {"no random bytes", "{random: 0}", BYTES("")},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *text =
            sg_printf(DATA_SPEC("  it: %s\n  other: \"other data\"\n"), rows[i].yaml);
        RIGHT(loaded, text);
        sg_autobytes struct sg_bytes bytes = make(&loaded, "one", "it", 1, "alice");
        cr_expect(sg_slice_equal(sg_bytes_slice(&bytes), rows[i].expected), "%s: got '%s'",
                  rows[i].name, sg_bytes_text(&bytes));
    }
}

Test(data, every_byte_is_every_byte)
{
    RIGHT(loaded,
          DATA_SPEC("  all: {every_byte: true}\n  most: {every_byte: true, but: \".\\0\"}\n"));
    sg_autobytes struct sg_bytes all = make(&loaded, "one", "all", 1, "alice");
    sg_autobytes struct sg_bytes most = make(&loaded, "one", "most", 1, "alice");
    cr_assert_eq(all.length, 256);
    for (size_t i = 0; i < 256; i++)
        cr_expect_eq(all.data[i], i);
    cr_expect_eq(most.length, 254);
    cr_expect_eq(sg_slice_find(sg_bytes_slice(&most), sg_slice_text(".")), SIZE_MAX);
}

Test(data, chance_follows_from_seed_submission_case_and_name)
{
    RIGHT(loaded, DATA_SPEC("  a: {random: 32}\n  b: {random: 32}\n"));
    static const struct {
        const char *name, *one, *data, *submission;
        uint64_t seed;
        bool equal;
    } rows[] = {
        {"the same again", "one", "a", "alice", 1, true},
        {"another seed", "one", "a", "alice", 2, false},
        {"another submission", "one", "a", "bob", 1, false},
        {"another case", "two", "a", "alice", 1, false},
        {"another name", "one", "b", "alice", 1, false},
    };
    sg_autobytes struct sg_bytes first = make(&loaded, "one", "a", 1, "alice");
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autobytes struct sg_bytes bytes =
            make(&loaded, rows[i].one, rows[i].data, rows[i].seed, rows[i].submission);
        cr_expect_eq(sg_slice_equal(sg_bytes_slice(&bytes), sg_bytes_slice(&first)), rows[i].equal,
                     "%s", rows[i].name);
    }
}

Test(data, random_bytes_keep_to_their_alphabet)
{
    RIGHT(loaded, DATA_SPEC("  it: {random: 5000, alphabet: \"a-c0-1 \", but: \"b\"}\n"));
    sg_autobytes struct sg_bytes bytes = make(&loaded, "one", "it", 1, "alice");
    bool seen[256] = {false};
    for (size_t i = 0; i < bytes.length; i++)
        seen[bytes.data[i]] = true;
    for (int byte = 0; byte < 256; byte++)
        cr_expect_eq(seen[byte], byte && strchr("ac01 ", byte) != NULL, "byte %d", byte);
}

Test(data, words_are_letters_with_a_blank_between)
{
    RIGHT(loaded, DATA_SPEC("  it: {words: 40}\n"));
    sg_autobytes struct sg_bytes bytes = make(&loaded, "one", "it", 1, "alice");
    size_t blanks = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        bool blank = bytes.data[i] == ' ';
        blanks += blank;
        cr_expect(blank || (bytes.data[i] >= 'a' && bytes.data[i] <= 'z'));
        cr_expect_not(blank && (i == 0 || i + 1 == bytes.length || bytes.data[i - 1] == ' '));
    }
    cr_expect_eq(blanks, 39);
}

Test(data, a_case_sees_its_own_definitions_first)
{
    RIGHT(loaded, HEAD "data: {answer: {ref: message}, message: \"all\"}\n"
                       "cases:\n" CASE("one")
                           QUIET_PLAY CASE("two") "    data: {message: \"own\"}\n" QUIET_PLAY);
    sg_autobytes struct sg_bytes one = make(&loaded, "one", "answer", 1, "alice");
    sg_autobytes struct sg_bytes two = make(&loaded, "two", "answer", 1, "alice");
    cr_expect_str_eq(sg_bytes_text(&one), "all");
    cr_expect_str_eq(sg_bytes_text(&two), "own");
}

Test(data, is_described_as_a_reader_would_say_it)
{
    static const struct {
        const char *yaml, *said;
    } rows[] = {
        {"\"hello\\n\"", "\"hello\\n\""},
        {"[{words: 3}, \".\"]", "3 words + \".\""},
        {"{words: 1}", "1 word"},
        {"{hex: \"00 ff\"}", "bytes 00 ff"},
        {"{random: 1}", "1 random byte"},
        {"{random: 1023}", "1023 random bytes"},
        {"{random: 64KiB}", "64 KiB of random bytes"},
        {"{random: 3000, alphabet: \"A-Z\", but: \"X\"}",
         "3000 random bytes out of \"A-Z\" but \"X\""},
        {"{every_byte: true}", "every byte value"},
        {"{every_byte: true, but: \".\"}", "every byte value but \".\""},
        {"{repeat: \"ab\", times: 3}", "3 times \"ab\""},
        {"{ref: other}", "other"},
        {"{half_of: {ref: other}}", "the first half of other"},
        {"{rest_of: {ref: other}}", "the rest of other"},
        {"{altered: {ref: other}}", "other with other letters"},
        {"{numbered: 3, holds: {ref: other}}", "number 3 and other"},
        {"{received: c}", "what c received"},
        {"{sent: c}", "what c sent"},
        {"{caesar_answer: {ref: other}}", "the answer to other"},
        {"\"0123456789012345678901234567890123456789012345678901234567890\"",
         "\"012345678901234567890123456789012345678901234567\"… (61 bytes)"},
        {"[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\"]",
         "\"1\" + \"2\" + \"3\" + \"4\" + \"5\" + 2 more"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        sg_autofree char *text = sg_printf(DATA_SPEC("  it: %s\n  other: \"x\"\n"), rows[i].yaml);
        RIGHT(loaded, text);
        sg_autobytes struct sg_bytes said = {0};
        sg_data_describe(sg_assignment_data(&loaded.spec->assignment, NULL, "it"), &said);
        cr_expect_str_eq(sg_bytes_text(&said), rows[i].said, "%s", rows[i].yaml);
    }
}

Test(data, each_member_has_its_own)
{
    RIGHT(loaded, DATA_SPEC("  own: {each: {ref: drawn}}\n  drawn: {random: 40}\n"));
    const struct sg_assignment *assignment = &loaded.spec->assignment;
    struct sg_bytes seen[4] = {0};
    static const char *const actors[] = {"c1", "c2", "c1", NULL};
    for (size_t i = 0; i < SG_COUNT(actors); i++) {
        const struct sg_data_context context = {.assignment = assignment,
                                                .one = find_case(&loaded, "one"),
                                                .seed = 1,
                                                .submission = "alice",
                                                .actor = actors[i]};
        sg_data_make(&context, sg_assignment_data(assignment, context.one, "own"), &seen[i]);
    }
    cr_expect(!sg_slice_equal(sg_bytes_slice(&seen[0]), sg_bytes_slice(&seen[1])));
    cr_expect(sg_slice_equal(sg_bytes_slice(&seen[0]), sg_bytes_slice(&seen[2])));
    cr_expect(!sg_slice_equal(sg_bytes_slice(&seen[0]), sg_bytes_slice(&seen[3])));
    for (size_t i = 0; i < SG_COUNT(seen); i++)
        sg_bytes_done(&seen[i]);
}
