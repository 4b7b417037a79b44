/* SPDX-License-Identifier: MIT
 * Payload: made, described, and cut into segments. */
#include "spec/data.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/utf8.h"
#include "caesar/cipher.h"
#include "record/record.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = tolower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Appends the bytes that `hex` names; false where it cannot be read. */
static bool read_hex(const char *hex, struct sg_bytes *out)
{
    while (*hex) {
        if (*hex == ' ') {
            hex++;
            continue;
        }
        int high = hex_digit(hex[0]), low = high < 0 ? -1 : hex_digit(hex[1]);
        if (low < 0)
            return false;
        sg_bytes_add_byte(out, (uint8_t)(high << 4 | low));
        hex += 2;
    }
    return true;
}

/* Fills `letters` with the bytes that may be drawn and returns how many there are. */
static size_t read_alphabet(const struct sg_data *data, uint8_t letters[256])
{
    bool in[256] = {false};
    if (!data->alphabet)
        memset(in, true, sizeof in);
    for (const char *c = data->alphabet; c && *c; c++) {
        uint8_t first = (uint8_t)*c, last = first;
        if (c[1] == '-' && c[2]) {
            last = (uint8_t)c[2];
            c += 2;
        }
        for (unsigned byte = first; byte <= last; byte++)
            in[byte] = true;
    }
    for (size_t i = 0; i < data->but.length; i++)
        in[data->but.data[i]] = false;
    size_t count = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
        if (in[byte])
            letters[count++] = (uint8_t)byte;
    }
    return count;
}

int sg_data_check(const struct sg_data *data, struct sg_error *err)
{
    uint8_t letters[256];
    sg_autobytes struct sg_bytes bytes = {0};
    if (data->form == SG_DATA_HEX && !read_hex(data->hex, &bytes))
        return sg_fail(err, "'hex' wants pairs of hexadecimal digits, found '%s'", data->hex);
    if (data->form == SG_DATA_RANDOM && read_alphabet(data, letters) == 0)
        return sg_fail(err, "the alphabet holds no byte");
    if (data->form == SG_DATA_EVERY_BYTE && !data->every_byte)
        return sg_fail(err, "'every_byte' is true or not there");
    return 0;
}

/* Each place in a spec has a stream of its own: the definition's name, else its line and column. */
static void start_stream(const struct sg_data_context *context, const struct sg_data *data,
                         struct sg_random *random)
{
    char place[64];
    (void)snprintf(place, sizeof place, "%zu:%zu", data->node->place.line,
                   data->node->place.column);
    const char *names[] = {
        context->assignment->id,
        context->submission,
        context->one ? context->one->name : "",
        data->name ? data->name : place,
        context->member,
        NULL,
    };
    sg_random_init(random, context->seed, names);
}

static void make_random(const struct sg_data_context *context, const struct sg_data *data,
                        struct sg_bytes *out)
{
    uint8_t letters[256];
    size_t count = read_alphabet(data, letters);
    struct sg_random random;
    start_stream(context, data, &random);
    uint8_t *room = sg_bytes_reserve(out, data->size);
    for (uint64_t i = 0; i < data->size; i++)
        room[i] = letters[sg_random_below(&random, count)];
    out->length += data->size;
    out->data[out->length] = 0;
}

/* Words that can be read aloud: consonant and vowel in turn. */
static void make_words(const struct sg_data_context *context, const struct sg_data *data,
                       struct sg_bytes *out)
{
    static const char consonants[] = "bcdfghjklmnprstwyz", vowels[] = "aiueo";
    struct sg_random random;
    start_stream(context, data, &random);
    for (int64_t word = 0; word < data->count; word++) {
        if (word)
            sg_bytes_add_byte(out, ' ');
        uint64_t syllables = 2 + sg_random_below(&random, 2);
        for (uint64_t i = 0; i < syllables; i++) {
            sg_bytes_add_byte(out, (uint8_t)consonants[sg_random_below(&random, 18)]);
            sg_bytes_add_byte(out, (uint8_t)vowels[sg_random_below(&random, 5)]);
        }
    }
}

static void make_caesar_answer(const struct sg_data_context *context, const struct sg_data *data,
                               struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes request = {0};
    sg_data_make(context, data->of, &request);
    size_t end = sg_slice_find(sg_bytes_slice(&request), sg_slice_text("."));
    size_t length = end == SIZE_MAX ? request.length : end + 1;
    if (length < CAESAR_HEADER_BYTES)
        return;
    char *text = (char *)request.data + CAESAR_HEADER_BYTES;
    size_t text_length = length - CAESAR_HEADER_BYTES;
    caesar_translate(text, text_length, caesar_shift((const char *)request.data));
    sg_bytes_add(out, text, text_length);
}

static void make_peer_bytes(const struct sg_data_context *context, const struct sg_data *data,
                            struct sg_bytes *out)
{
    if (!context->peer_bytes)
        return;
    struct sg_slice seen =
        context->peer_bytes(context->peer_state, data->target, data->form == SG_DATA_SENT);
    sg_bytes_add(out, seen.data, seen.length);
}

static void make_half(const struct sg_data_context *context, const struct sg_data *data,
                      struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes whole = {0};
    sg_data_make(context, data->of, &whole);
    size_t half = (whole.length + 1) / 2;
    if (data->form == SG_DATA_HALF)
        sg_bytes_add(out, whole.data, half);
    else
        sg_bytes_add(out, whole.data + half, whole.length - half);
}

static bool is_low(size_t length)
{
    return !(length & UINT32_C(0x80808080));
}

static void make_frame(const struct sg_data_context *context, const struct sg_data *data,
                       struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes payload = {0};
    sg_data_make(context, data->of, &payload);
    while (context->low_lengths && !is_low(payload.length))
        sg_bytes_add_byte(&payload, 0);
    for (unsigned byte = 0; byte < SG_FRAME_HEADER; byte++) {
        unsigned place = context->swaps_lengths ? byte : SG_FRAME_HEADER - 1 - byte;
        sg_bytes_add_byte(out, (uint8_t)(payload.length >> 8 * place));
    }
    sg_bytes_add(out, payload.data, payload.length);
}

uint32_t sg_frame_length(struct sg_slice frame)
{
    const uint8_t *byte = frame.data;
    if (frame.length < SG_FRAME_HEADER)
        return 0;
    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

static void make_payload(const struct sg_data_context *context, const struct sg_data *data,
                         struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes frame = {0};
    sg_data_make(context, data->of, &frame);
    struct sg_slice payload = sg_slice_skip(sg_bytes_slice(&frame), SG_FRAME_HEADER);
    sg_bytes_add(out, payload.data, payload.length);
}

/* The byte's successor among those from `first` to `last`, which goes round. */
static uint8_t next_in_turn(uint8_t byte, uint8_t first, uint8_t last)
{
    return byte == last ? first : (uint8_t)(byte + 1);
}

static uint8_t alter(uint8_t byte)
{
    static const char ranges[][2] = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (byte >= ranges[i][0] && byte <= ranges[i][1])
            return next_in_turn(byte, (uint8_t)ranges[i][0], (uint8_t)ranges[i][1]);
    }
    return byte;
}

static void make_altered(const struct sg_data_context *context, const struct sg_data *data,
                         struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes whole = {0};
    sg_data_make(context, data->of, &whole);
    for (size_t i = 0; i < whole.length; i++)
        sg_bytes_add_byte(out, alter(whole.data[i]));
}

static void make_number(const struct sg_data_context *context, const struct sg_data *data,
                        struct sg_bytes *out)
{
    struct sg_random random;
    start_stream(context, data, &random);
    uint64_t spread = data->numbers.most - data->numbers.least + 1;
    sg_bytes_printf(out, "%" PRIu64, data->numbers.least + sg_random_below(&random, spread));
}

static void make_two_bytes(const struct sg_data_context *context, const struct sg_data *data,
                           struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes digits = {0};
    sg_data_make(context, data->of, &digits);
    unsigned long number = strtoul(sg_bytes_text(&digits), NULL, 10);
    bool big = data->form == SG_DATA_BIG_ENDIAN;
    sg_bytes_add_byte(out, (uint8_t)(big ? number >> 8 : number));
    sg_bytes_add_byte(out, (uint8_t)(big ? number : number >> 8));
}

static void make_numbered(const struct sg_data_context *context, const struct sg_data *data,
                          struct sg_bytes *out)
{
    uint32_t number = context->first_number + (uint32_t)data->number;
    if (context->swaps_lengths)
        number = __builtin_bswap32(number);
    for (int shift = 24; shift >= 0; shift -= 8)
        sg_bytes_add_byte(out, (uint8_t)(number >> shift));
    if (data->of)
        sg_data_make(context, data->of, out);
}

static void make_record(const struct sg_data_context *context, const struct sg_data *data,
                        struct sg_bytes *out)
{
    for (size_t i = 0; i < data->pieces.count; i++) {
        sg_autobytes struct sg_bytes field = {0};
        sg_data_make(context, &data->pieces.items[i], &field);
        char *room = (char *)sg_bytes_reserve(out, 2 * field.length + 1);
        out->length += record_escape((const char *)field.data, field.length, room);
        sg_bytes_add_byte(out, i + 1 < data->pieces.count ? '|' : '\n');
    }
}

static void make_record_answer(const struct sg_data_context *context, const struct sg_data *data,
                               struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes lines = {0};
    sg_data_make(context, data->of, &lines);
    struct sg_slice rest = sg_bytes_slice(&lines);
    for (size_t end; (end = sg_slice_find(rest, sg_slice_text("\n"))) != SIZE_MAX;
         rest = sg_slice_skip(rest, end + 1)) {
        const char *why;
        long body = record_body_length((const char *)rest.data, end, &why);
        if (body < 0)
            sg_bytes_printf(out, "ERR %s\n", why);
        else
            sg_bytes_printf(out, "OK %ld\n", body);
    }
}

static void make_line_text(const struct sg_data_context *context, const struct sg_data *data,
                           struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes line = {0};
    sg_data_make(context, data->of, &line);
    size_t length = line.length;
    length -= length && line.data[length - 1] == '\n';
    sg_bytes_add(out, line.data, length);
}

static void make_each(const struct sg_data_context *context, const struct sg_data *data,
                      struct sg_bytes *out)
{
    struct sg_data_context own = *context;
    own.member = context->actor;
    sg_data_make(&own, data->of, out);
}

static void make_repeat(const struct sg_data_context *context, const struct sg_data *data,
                        struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes once = {0};
    sg_data_make(context, data->of, &once);
    for (int64_t i = 0; i < data->count; i++)
        sg_bytes_add(out, once.data, once.length);
}

static void make_literal(const struct sg_data_context *context, const struct sg_data *data,
                         struct sg_bytes *out)
{
    (void)context;
    sg_bytes_add(out, data->literal.data, data->literal.length);
}

static void make_pieces(const struct sg_data_context *context, const struct sg_data *data,
                        struct sg_bytes *out)
{
    for (size_t i = 0; i < data->pieces.count; i++)
        sg_data_make(context, &data->pieces.items[i], out);
}

static void make_hex(const struct sg_data_context *context, const struct sg_data *data,
                     struct sg_bytes *out)
{
    (void)context;
    (void)read_hex(data->hex, out);
}

static void make_every_byte(const struct sg_data_context *context, const struct sg_data *data,
                            struct sg_bytes *out)
{
    uint8_t letters[256];
    (void)context;
    sg_bytes_add(out, letters, read_alphabet(data, letters));
}

static void make_referred(const struct sg_data_context *context, const struct sg_data *data,
                          struct sg_bytes *out)
{
    sg_data_make(context, sg_assignment_data(context->assignment, context->one, data->target), out);
}

typedef void make_data(const struct sg_data_context *context, const struct sg_data *data,
                       struct sg_bytes *out);

static make_data *const makers[] = {
    [SG_DATA_LITERAL] = make_literal,
    [SG_DATA_PIECES] = make_pieces,
    [SG_DATA_HEX] = make_hex,
    [SG_DATA_RANDOM] = make_random,
    [SG_DATA_WORDS] = make_words,
    [SG_DATA_EVERY_BYTE] = make_every_byte,
    [SG_DATA_REPEAT] = make_repeat,
    [SG_DATA_REF] = make_referred,
    [SG_DATA_RECEIVED] = make_peer_bytes,
    [SG_DATA_SENT] = make_peer_bytes,
    [SG_DATA_CAESAR_ANSWER] = make_caesar_answer,
    [SG_DATA_HALF] = make_half,
    [SG_DATA_REST] = make_half,
    [SG_DATA_FRAME] = make_frame,
    [SG_DATA_PAYLOAD] = make_payload,
    [SG_DATA_ALTERED] = make_altered,
    [SG_DATA_NUMBER] = make_number,
    [SG_DATA_BIG_ENDIAN] = make_two_bytes,
    [SG_DATA_LITTLE_ENDIAN] = make_two_bytes,
    [SG_DATA_NUMBERED] = make_numbered,
    [SG_DATA_RECORD] = make_record,
    [SG_DATA_RECORD_ANSWER] = make_record_answer,
    [SG_DATA_LINE_TEXT] = make_line_text,
    [SG_DATA_EACH] = make_each,
};

/* Bytes that are not made of other data. */
static bool is_source(const struct sg_data *data)
{
    return data->form == SG_DATA_LITERAL || data->form == SG_DATA_HEX ||
           data->form == SG_DATA_RANDOM || data->form == SG_DATA_EVERY_BYTE;
}

void sg_data_make(const struct sg_data_context *context, const struct sg_data *data,
                  struct sg_bytes *out)
{
    size_t before = out->length;
    makers[data->form](context, data, out);
    for (size_t i = before; context->ascii && is_source(data) && i < out->length; i++)
        out->data[i] = out->data[i] < 0x80 ? out->data[i] : '#';
}

struct cut {
    size_t **sizes;
    size_t *count;
    size_t left; /* bytes of the message that are in no piece yet */
};

static void add_piece(struct cut *cut, size_t size)
{
    if (size > cut->left)
        size = cut->left;
    if (size == 0)
        return;
    *cut->sizes = sg_realloc_array(*cut->sizes, *cut->count + 1, sizeof **cut->sizes);
    (*cut->sizes)[(*cut->count)++] = size;
    cut->left -= size;
}

static void cut_around(struct cut *cut, struct sg_slice message, struct sg_slice mark)
{
    while (mark.length) {
        size_t at = sg_slice_find(message, mark);
        if (at == SIZE_MAX)
            return;
        add_piece(cut, at);
        add_piece(cut, mark.length);
        message = sg_slice_skip(message, at + mark.length);
    }
}

void sg_split_sizes(const struct sg_split *split, struct sg_slice message, size_t **sizes,
                    size_t *count)
{
    *sizes = NULL;
    *count = 0;
    struct cut cut = {.sizes = sizes, .count = count, .left = message.length};
    switch ((enum sg_split_form)split->form) {
    case SG_SPLIT_WHOLE:
        break;
    case SG_SPLIT_SIZES:
        for (size_t i = 0; i < split->sizes.count; i++)
            add_piece(&cut, split->sizes.items[i]);
        break;
    case SG_SPLIT_BYTES:
        while (cut.left)
            add_piece(&cut, 1);
        break;
    case SG_SPLIT_CHUNKS:
        while (cut.left)
            add_piece(&cut, split->size);
        break;
    case SG_SPLIT_PARTS:
        for (size_t parts = (size_t)split->count; parts; parts--)
            add_piece(&cut, (cut.left + parts - 1) / parts);
        break;
    case SG_SPLIT_AROUND:
        cut_around(&cut, message, split->mark);
        break;
    }
    add_piece(&cut, cut.left);
}
