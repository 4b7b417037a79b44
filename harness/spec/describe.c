/* SPDX-License-Identifier: MIT
 * Payload and segments as a reader would say them. Long data is cut: its beginning tells enough. */
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "spec/data.h"

enum { MOST_LITERAL = 48, MOST_HEX = 48, MOST_PIECES = 6 };

/* "512", "64 KiB", "6 MiB": the largest unit that it is a whole number of. */
static void describe_size(uint64_t size, struct sg_bytes *out)
{
    static const struct {
        uint64_t bytes;
        const char *name;
    } units[] = {{1 << 20, " MiB"}, {1 << 10, " KiB"}, {1, ""}};
    size_t unit = 0;
    while (units[unit].bytes > 1 && (size == 0 || size % units[unit].bytes))
        unit++;
    sg_bytes_printf(out, "%" PRIu64 "%s", size / units[unit].bytes, units[unit].name);
}

void sg_size_describe(uint64_t size, struct sg_bytes *out)
{
    describe_size(size, out);
    if (size % 1024 || size == 0)
        sg_bytes_add_text(out, size == 1 ? " byte" : " bytes");
}

static void describe_literal(struct sg_slice literal, struct sg_bytes *out)
{
    sg_bytes_add_byte(out, '"');
    sg_show(out, literal.data, literal.length < MOST_LITERAL ? literal.length : MOST_LITERAL);
    sg_bytes_add_byte(out, '"');
    if (literal.length > MOST_LITERAL)
        sg_bytes_printf(out, "… (%zu bytes)", literal.length);
}

static void describe_hex(const char *hex, struct sg_bytes *out)
{
    size_t digits = 0;
    for (const char *c = hex; *c; c++)
        digits += *c != ' ';
    sg_bytes_printf(out, "bytes %.*s", MOST_HEX, hex);
    if (strlen(hex) > MOST_HEX)
        sg_bytes_printf(out, "… (%zu bytes)", digits / 2);
}

static void describe_but(struct sg_slice but, struct sg_bytes *out)
{
    if (!but.length)
        return;
    sg_bytes_add_text(out, " but ");
    describe_literal(but, out);
}

static void describe_random(const struct sg_data *data, struct sg_bytes *out)
{
    describe_size(data->size, out);
    sg_bytes_add_text(out, data->size % 1024 || data->size == 0 ? " random" : " of random");
    sg_bytes_add_text(out, data->size == 1 ? " byte" : " bytes");
    if (data->alphabet)
        sg_bytes_printf(out, " out of \"%s\"", data->alphabet);
    describe_but(data->but, out);
}

static void describe_pieces(const struct sg_data *data, struct sg_bytes *out)
{
    size_t count = data->pieces.count, shown = count <= MOST_PIECES ? count : MOST_PIECES - 1;
    for (size_t i = 0; i < shown; i++) {
        if (i)
            sg_bytes_add_text(out, " + ");
        sg_data_describe(&data->pieces.items[i], out);
    }
    if (shown < count)
        sg_bytes_printf(out, " + %zu more", count - shown);
}

/* What is made of other data, in words before and after that data's own. */
static void describe_made(const struct sg_data *data, struct sg_bytes *out)
{
    static const struct {
        const char *before, *after;
    } words[] = {
        [SG_DATA_CAESAR_ANSWER] = {"the answer to ", ""},
        [SG_DATA_HALF] = {"the first half of ", ""},
        [SG_DATA_REST] = {"the rest of ", ""},
        [SG_DATA_FRAME] = {"the frame of ", ""},
        [SG_DATA_PAYLOAD] = {"the payload of ", ""},
        [SG_DATA_ALTERED] = {"", " with other letters"},
        [SG_DATA_BIG_ENDIAN] = {"", " in big-endian"},
        [SG_DATA_LITTLE_ENDIAN] = {"", " in little-endian"},
        [SG_DATA_RECORD_ANSWER] = {"the answer to ", ""},
        [SG_DATA_LINE_TEXT] = {"the line ", ""},
        [SG_DATA_EACH] = {"its own ", ""},
    };
    sg_bytes_add_text(out, words[data->form].before);
    sg_data_describe(data->of, out);
    sg_bytes_add_text(out, words[data->form].after);
}

static void describe_number(const struct sg_data *data, struct sg_bytes *out)
{
    if (data->numbers.least == data->numbers.most)
        sg_bytes_printf(out, "%" PRIu64, data->numbers.most);
    else
        sg_bytes_printf(out, "a number from %" PRIu64 " to %" PRIu64, data->numbers.least,
                        data->numbers.most);
}

static void describe_numbered(const struct sg_data *data, struct sg_bytes *out)
{
    sg_bytes_printf(out, "number %" PRId64, data->number);
    if (!data->of)
        return;
    sg_bytes_add_text(out, " and ");
    sg_data_describe(data->of, out);
}

void sg_data_describe(const struct sg_data *data, struct sg_bytes *out)
{
    switch ((enum sg_data_form)data->form) {
    case SG_DATA_LITERAL:
        describe_literal(data->literal, out);
        return;
    case SG_DATA_PIECES:
        describe_pieces(data, out);
        return;
    case SG_DATA_HEX:
        describe_hex(data->hex, out);
        return;
    case SG_DATA_RANDOM:
        describe_random(data, out);
        return;
    case SG_DATA_WORDS:
        sg_bytes_printf(out, "%" PRId64 " word%s", data->count, data->count == 1 ? "" : "s");
        return;
    case SG_DATA_EVERY_BYTE:
        sg_bytes_add_text(out, "every byte value");
        describe_but(data->but, out);
        return;
    case SG_DATA_REPEAT:
        sg_bytes_printf(out, "%" PRId64 " times ", data->count);
        sg_data_describe(data->of, out);
        return;
    case SG_DATA_REF:
        sg_bytes_add_text(out, data->target);
        return;
    case SG_DATA_RECEIVED:
    case SG_DATA_SENT:
        sg_bytes_printf(out, "what %s %s", data->target,
                        data->form == SG_DATA_SENT ? "sent" : "received");
        return;
    case SG_DATA_NUMBER:
        describe_number(data, out);
        return;
    case SG_DATA_NUMBERED:
        describe_numbered(data, out);
        return;
    case SG_DATA_RECORD:
        sg_bytes_add_text(out, "the record of ");
        describe_pieces(data, out);
        return;
    case SG_DATA_CAESAR_ANSWER:
    case SG_DATA_HALF:
    case SG_DATA_REST:
    case SG_DATA_FRAME:
    case SG_DATA_PAYLOAD:
    case SG_DATA_BIG_ENDIAN:
    case SG_DATA_LITTLE_ENDIAN:
    case SG_DATA_ALTERED:
    case SG_DATA_RECORD_ANSWER:
    case SG_DATA_LINE_TEXT:
    case SG_DATA_EACH:
        describe_made(data, out);
        return;
    }
}

static void describe_sizes(const struct sg_split *split, struct sg_bytes *out)
{
    sg_bytes_add_text(out, split->sizes.count == 1 ? "the first " : "in pieces of ");
    for (size_t i = 0; i < split->sizes.count && i < MOST_PIECES; i++)
        sg_bytes_printf(out, "%s%" PRIu64, i ? ", " : "", split->sizes.items[i]);
    if (split->sizes.count > MOST_PIECES)
        sg_bytes_add_text(out, ", …");
    sg_bytes_add_text(out, split->sizes.count == 1 ? " apart" : " and the rest");
}

void sg_split_describe(const struct sg_split *split, struct sg_bytes *out)
{
    switch ((enum sg_split_form)split->form) {
    case SG_SPLIT_WHOLE:
        return;
    case SG_SPLIT_SIZES:
        describe_sizes(split, out);
        return;
    case SG_SPLIT_BYTES:
        sg_bytes_add_text(out, "byte by byte");
        return;
    case SG_SPLIT_CHUNKS:
        sg_bytes_add_text(out, "in pieces of ");
        sg_size_describe(split->size, out);
        return;
    case SG_SPLIT_PARTS:
        sg_bytes_printf(out, "in %" PRId64 " piece%s", split->count, split->count == 1 ? "" : "s");
        return;
    case SG_SPLIT_AROUND:
        sg_bytes_add_text(out, "cut around each ");
        describe_literal(split->mark, out);
        return;
    }
}
