/* SPDX-License-Identifier: MIT
 * Checks payload: what it refers to exists and does not lead back to it, and it is not endless. */
#include <stdlib.h>
#include <string.h>

#include "spec/check.h"
#include "spec/data.h"

/* Where what can be wrong with `data` stands: its name, its digits, its alphabet. */
static const struct sg_node *place_of(const struct sg_data *data)
{
    static const char *const keys[] = {
        [SG_DATA_HEX] = "hex",   [SG_DATA_RANDOM] = "alphabet",
        [SG_DATA_REF] = "ref",   [SG_DATA_RECEIVED] = "received",
        [SG_DATA_SENT] = "sent", [SG_DATA_EVERY_BYTE] = "every_byte",
    };
    const char *key = (size_t)data->form < SG_COUNT(keys) ? keys[data->form] : NULL;
    const struct sg_node *value = key ? sg_node_get(data->node, key) : NULL;
    return value ? value : data->node;
}

static void check_reference(const struct sg_assignment *assignment, const struct sg_case *one,
                            const struct sg_data *data, struct sg_complaints *complaints)
{
    if (sg_assignment_data(assignment, one, data->target))
        return;
    struct sg_nearest nearest = {.word = data->target};
    for (size_t i = 0; one && i < one->data.count; i++)
        sg_nearest_offer(&nearest, one->data.items[i].name);
    for (size_t i = 0; i < assignment->data.count; i++)
        sg_nearest_offer(&nearest, assignment->data.items[i].name);
    sg_autofree char *meant = sg_check_suggest(&nearest);
    sg_complain(complaints, place_of(data), "no data '%s' is defined%s", data->target, meant);
}

/* A peer that has sent or received is one peer, not a group. */
static void check_source(const struct sg_assignment *assignment, const struct sg_data *data,
                         struct sg_complaints *complaints)
{
    struct sg_nearest nearest = {.word = data->target};
    for (size_t i = 0; i < assignment->peers.count; i++) {
        const struct sg_peer *peer = &assignment->peers.items[i];
        if (sg_peer_is_called(peer, data->target))
            return;
        if (peer->count && strcmp(peer->name, data->target) == 0) {
            sg_complain(complaints, place_of(data), "'%s' is a group: name one of %s1 to %s%d",
                        peer->name, peer->name, peer->name, (int)peer->count);
            return;
        }
        sg_nearest_offer(&nearest, peer->name);
    }
    sg_autofree char *meant = sg_check_suggest(&nearest);
    sg_complain(complaints, place_of(data), "no peer '%s'%s", data->target, meant);
}

/* That everything which `data` names exists, and that its texts can be read. */
static void check_names(const struct sg_assignment *assignment, const struct sg_case *one,
                        const struct sg_data *data, struct sg_complaints *complaints)
{
    struct sg_error err = {0};
    if (!data->form || data->broken)
        return; /* complained of */
    switch ((enum sg_data_form)data->form) {
    case SG_DATA_PIECES:
    case SG_DATA_RECORD:
        for (size_t i = 0; i < data->pieces.count; i++)
            check_names(assignment, one, &data->pieces.items[i], complaints);
        return;
    case SG_DATA_REPEAT:
    case SG_DATA_CAESAR_ANSWER:
    case SG_DATA_FRAME:
    case SG_DATA_PAYLOAD:
    case SG_DATA_HALF:
    case SG_DATA_REST:
    case SG_DATA_ALTERED:
    case SG_DATA_BIG_ENDIAN:
    case SG_DATA_LITTLE_ENDIAN:
    case SG_DATA_RECORD_ANSWER:
    case SG_DATA_LINE_TEXT:
    case SG_DATA_EACH:
        check_names(assignment, one, data->of, complaints);
        return;
    case SG_DATA_NUMBERED:
        if (data->of)
            check_names(assignment, one, data->of, complaints);
        return;
    case SG_DATA_REF:
        check_reference(assignment, one, data, complaints);
        return;
    case SG_DATA_RECEIVED:
    case SG_DATA_SENT:
        check_source(assignment, data, complaints);
        return;
    case SG_DATA_HEX:
    case SG_DATA_RANDOM:
    case SG_DATA_EVERY_BYTE:
        if (sg_data_check(data, &err) < 0)
            sg_complain(complaints, place_of(data), "%s", err.text);
        return;
    case SG_DATA_LITERAL:
    case SG_DATA_WORDS:
    case SG_DATA_NUMBER:
        return;
    }
}

/* A definition that has been measured, or is being measured (then meeting it again is a circle). */
struct measured {
    const struct sg_data *definition;
    bool finished;
    uint64_t size;
};

/* Measuring each definition once keeps it cheap, however often each is referred to. */
struct measuring {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    struct sg_complaints *complaints;
    struct measured *known;
    size_t count;
};

static uint64_t measure(struct measuring *measuring, const struct sg_data *data);

static uint64_t add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t multiply(uint64_t a, uint64_t b)
{
    return a && b > UINT64_MAX / a ? UINT64_MAX : a * b;
}

/* `size`, or 0 where it is too much, which is complained of once and not again of what refers to
 * it. */
static uint64_t bound(struct measuring *measuring, const struct sg_data *data, uint64_t size)
{
    if (size <= SG_MOST_DATA_BYTES)
        return size;
    sg_complain(measuring->complaints, data->node, "more than %dMiB of data",
                SG_MOST_DATA_BYTES >> 20);
    return 0;
}

static uint64_t measure_definition(struct measuring *measuring, const struct sg_data *definition)
{
    for (size_t i = 0; i < measuring->count; i++) {
        const struct measured *known = &measuring->known[i];
        if (known->definition != definition)
            continue;
        if (!known->finished && measuring->one)
            sg_complain(measuring->complaints, definition->name_node,
                        "data '%s' refers to itself in case '%s'", definition->name,
                        measuring->one->id);
        else if (!known->finished)
            sg_complain(measuring->complaints, definition->name_node, "data '%s' refers to itself",
                        definition->name);
        return known->size;
    }
    size_t index = measuring->count++;
    measuring->known =
        sg_realloc_array(measuring->known, measuring->count, sizeof *measuring->known);
    measuring->known[index] = (struct measured){.definition = definition};
    uint64_t size = bound(measuring, definition, measure(measuring, definition));
    measuring->known[index].finished = true;
    measuring->known[index].size = size;
    return size;
}

/* The size of `data` in bytes, or a little more; what peers send and receive counts as nothing. */
static uint64_t measure(struct measuring *measuring, const struct sg_data *data)
{
    uint64_t size = 0;
    if (data->broken)
        return 0;
    switch ((enum sg_data_form)data->form) {
    case SG_DATA_LITERAL:
        return data->literal.length;
    case SG_DATA_PIECES:
        for (size_t i = 0; i < data->pieces.count; i++)
            size = add(size, measure(measuring, &data->pieces.items[i]));
        return size;
    case SG_DATA_RECORD: /* each byte may be escaped */
        for (size_t i = 0; i < data->pieces.count; i++)
            size = add(size, add(multiply(measure(measuring, &data->pieces.items[i]), 2), 1));
        return size;
    case SG_DATA_HEX:
        return strlen(data->hex) / 2;
    case SG_DATA_RANDOM:
        return data->size;
    case SG_DATA_WORDS:
        return multiply((uint64_t)data->count, 7);
    case SG_DATA_EVERY_BYTE:
        return 256;
    case SG_DATA_NUMBER:
        return 10;
    case SG_DATA_BIG_ENDIAN:
    case SG_DATA_LITTLE_ENDIAN:
        return add(2, measure(measuring, data->of));
    case SG_DATA_REPEAT:
        return multiply((uint64_t)data->count, measure(measuring, data->of));
    case SG_DATA_REF: {
        const struct sg_data *target =
            sg_assignment_data(measuring->assignment, measuring->one, data->target);
        return target ? measure_definition(measuring, target) : 0;
    }
    case SG_DATA_RECEIVED:
    case SG_DATA_SENT:
        return 0;
    case SG_DATA_RECORD_ANSWER: /* a line of one byte is answered with five */
        return multiply(measure(measuring, data->of), 5);
    case SG_DATA_FRAME:
        return add(SG_FRAME_HEADER, measure(measuring, data->of));
    case SG_DATA_NUMBERED:
        return add(SG_NUMBER_BYTES, data->of ? measure(measuring, data->of) : 0);
    case SG_DATA_CAESAR_ANSWER:
    case SG_DATA_HALF:
    case SG_DATA_REST:
    case SG_DATA_PAYLOAD:
    case SG_DATA_ALTERED:
    case SG_DATA_LINE_TEXT:
    case SG_DATA_EACH:
        return measure(measuring, data->of);
    }
    return 0;
}

void sg_check_data(const struct sg_assignment *assignment, const struct sg_case *one,
                   const struct sg_data *data, struct sg_complaints *complaints)
{
    if (!data->form || data->broken)
        return;
    check_names(assignment, one, data, complaints);
    struct measuring measuring = {.assignment = assignment, .one = one, .complaints = complaints};
    if (data->name)
        (void)measure_definition(&measuring, data);
    else
        (void)bound(&measuring, data, measure(&measuring, data));
    free(measuring.known);
}

char *sg_check_suggest(const struct sg_nearest *nearest)
{
    /* Any name of one letter is near any other. */
    bool telling = nearest->found && nearest->word[0] && nearest->word[1];
    return telling ? sg_printf(" (did you mean '%s'?)", nearest->found) : sg_strdup("");
}
