/* SPDX-License-Identifier: MIT
 * Class files: read up to their methods. Nothing in them is trusted. */
#include "program/java_class.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

enum {
    TAG_UTF8 = 1,
    TAG_LONG = 5, /* this and the next take two entries */
    TAG_DOUBLE = 6,
    TAG_CLASS = 7,
};

/* How long the entries of a constant pool are behind their tags; 0: there is no such tag, or it
 * tells itself. */
static const uint8_t entry_bytes[] = {
    [3] = 4,  [4] = 4,  [TAG_LONG] = 8, [TAG_DOUBLE] = 8, [TAG_CLASS] = 2, [8] = 2,
    [9] = 4,  [10] = 4, [11] = 4,       [12] = 4,         [15] = 3,        [16] = 2,
    [17] = 4, [18] = 4, [19] = 2,       [20] = 2,
};

struct reading {
    struct sg_slice rest;
    bool failed; /* it ended too early */
    struct sg_slice *entries;
    size_t count;
};

static struct sg_slice take(struct reading *reading, size_t length)
{
    if (reading->failed || reading->rest.length < length) {
        reading->failed = true;
        return (struct sg_slice){NULL, 0};
    }
    struct sg_slice taken = sg_slice_first(reading->rest, length);
    reading->rest = sg_slice_skip(reading->rest, length);
    return taken;
}

static uint32_t big_endian(struct sg_slice bytes)
{
    uint32_t number = 0;
    for (size_t i = 0; i < bytes.length; i++)
        number = number << 8 | bytes.data[i];
    return number;
}

static uint32_t take_number(struct reading *reading, size_t length)
{
    return big_endian(take(reading, length));
}

/* The text of an entry, or the two bytes of a class's; others are passed over. */
static bool read_entry(struct reading *reading, struct sg_slice *ret, uint32_t *ret_tag)
{
    *ret_tag = take_number(reading, 1);
    size_t length = *ret_tag < SG_COUNT(entry_bytes) ? entry_bytes[*ret_tag] : 0;
    if (*ret_tag == TAG_UTF8)
        length = take_number(reading, 2);
    else if (!length)
        reading->failed = true;
    *ret = take(reading, length);
    return !reading->failed;
}

static bool read_pool(struct reading *reading)
{
    reading->count = take_number(reading, 2);
    reading->entries = sg_alloc((reading->count + 1) * sizeof *reading->entries);
    for (size_t i = 1; i < reading->count; i++) {
        uint32_t tag;
        if (!read_entry(reading, &reading->entries[i], &tag))
            return false;
        i += tag == TAG_LONG || tag == TAG_DOUBLE;
    }
    return true;
}

static struct sg_slice entry(const struct reading *reading, uint32_t index)
{
    return index < reading->count ? reading->entries[index] : (struct sg_slice){NULL, 0};
}

static bool is_text(struct sg_slice bytes, const char *text)
{
    return sg_slice_equal(bytes, sg_slice_text(text));
}

/* Fields or methods; true where main is among them. */
static bool read_members(struct reading *reading)
{
    bool has_main = false;
    uint32_t members = take_number(reading, 2);
    for (uint32_t i = 0; i < members && !reading->failed; i++) {
        (void)take(reading, 2); /* its access */
        struct sg_slice name = entry(reading, take_number(reading, 2));
        struct sg_slice type = entry(reading, take_number(reading, 2));
        has_main = has_main || (is_text(name, "main") && is_text(type, "([Ljava/lang/String;)V"));
        uint32_t attributes = take_number(reading, 2);
        for (uint32_t a = 0; a < attributes && !reading->failed; a++) {
            (void)take(reading, 2);
            (void)take(reading, take_number(reading, 4));
        }
    }
    return has_main;
}

bool sg_java_class_read(struct sg_slice file, struct sg_bytes *ret_name)
{
    struct reading reading = {.rest = file};
    bool has_main = false;
    if (take_number(&reading, 4) == 0xcafebabe) {
        (void)take(&reading, 4); /* its version */
        if (read_pool(&reading)) {
            (void)take(&reading, 2); /* its access */
            struct sg_slice own = entry(&reading, take_number(&reading, 2));
            struct sg_slice name = entry(&reading, own.length == 2 ? big_endian(own) : 0);
            (void)take(&reading, 2);                            /* its parent */
            (void)take(&reading, 2 * take_number(&reading, 2)); /* its interfaces */
            (void)read_members(&reading);
            has_main = read_members(&reading) && !reading.failed && name.length;
            if (has_main)
                sg_bytes_add(ret_name, name.data, name.length);
        }
    }
    free(reading.entries);
    return has_main;
}
