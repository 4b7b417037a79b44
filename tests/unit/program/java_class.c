/* SPDX-License-Identifier: MIT
 * What a compiled class says of itself, and classes that end too early. */
#include "program/java_class.h"

#include <criterion/criterion.h>

/* com/example/Server, with a field and main(String[]), as javac lays it out; made by hand, without code. */
static const uint8_t server[] = {
    0xca, 0xfe, 0xba, 0xbe, 0,   0,   0,   61, /* magic, versions */
    0,    8,                                   /* the pool: 1 to 7 */
    1,    0,    18,   'c',  'o', 'm', '/', 'e', 'x', 'a', 'm', 'p', 'l', 'e', '/',
    'S',  'e',  'r',  'v',  'e', 'r', 7,   0,   1, /* 2: this class */
    5,    0,    0,    0,    0,   0,   0,   0,   9, /* 3 and 4: a long */
    1,    0,    4,    'm',  'a', 'i', 'n',         /* 5 */
    1,    0,    22,   '(',  '[', 'L', 'j', 'a', 'v', 'a', '/', 'l', 'a', 'n', 'g',
    '/',  'S',  't',  'r',  'i', 'n', 'g', ';', ')', 'V', 1,   0,   1,   'x', /* 7 */
    0,    33,   0,    2,    0,   2, /* access, this, parent */
    0,    1,    0,    2,            /* an interface */
    0,    1,    0,    0,    0,   7,   0,   7,   0,   1,   0,   7,   0,   0,   0,
    2,    1,    2,                                      /* a field, with an attribute */
    0,    1,    0,    9,    0,   5,   0,   6,   0,   0, /* main */
};

Test(java_class, says_its_name_where_it_has_a_main)
{
    sg_autobytes struct sg_bytes name = {0};
    cr_assert(sg_java_class_read((struct sg_slice){server, sizeof server}, &name));
    cr_expect_str_eq(sg_bytes_text(&name), "com/example/Server");
}

Test(java_class, one_without_a_main_is_no_program)
{
    sg_autobytes struct sg_bytes name = {0};
    uint8_t other[sizeof server];
    memcpy(other, server, sizeof server);
    other[sizeof server - 5] = 7; /* its method has another name */
    cr_expect_not(sg_java_class_read((struct sg_slice){other, sizeof other}, &name));
    cr_expect_eq(name.length, 0);
}

Test(java_class, what_ends_too_early_or_is_none_is_refused)
{
    sg_autobytes struct sg_bytes name = {0};
    for (size_t length = 0; length < sizeof server; length++) {
        sg_autofree uint8_t *part = sg_alloc(length + 1); /* where nothing lies behind it */
        memcpy(part, server, length);
        cr_expect_not(sg_java_class_read((struct sg_slice){part, length}, &name), "%zu", length);
    }
    uint8_t damaged[sizeof server];
    for (size_t at = 0; at < sizeof server; at++) {
        memcpy(damaged, server, sizeof server);
        damaged[at] = 0xff;
        (void)sg_java_class_read((struct sg_slice){damaged, sizeof damaged}, &name);
    }
}
