/* SPDX-License-Identifier: MIT
 * Where Python says that it is, read while it is still being written. */
#include "program/where.h"

#include <criterion/criterion.h>
#include <string.h>

static const char said[] = "Fatal Python error: Aborted\n\n"
                           "Current thread 0x00007f0000000000 (most recent call first):\n"
                           "  File \"/usr/lib/python3.11/socket.py\", line 706 in readinto\n"
                           "  File \"server.py\", line 12 in serve\n"
                           "  File \"server.py\", line 20 in <module>\n";

Test(where, a_line_of_python_s_counts_only_once_it_is_whole)
{
    size_t whole = (size_t)(strstr(said, "serve\n") - said) + strlen("serve\n");
    for (size_t length = 0; length <= strlen(said); length++) {
        sg_autobytes struct sg_bytes text = {0};
        sg_bytes_add(&text, said, length);
        struct sg_where where = {0};
        bool found = sg_where_python(sg_bytes_slice(&text), &where);
        cr_assert_eq(found, length >= whole, "after %zu bytes", length);
        if (!found)
            continue;
        cr_expect_eq(where.line, 12);
        cr_expect_str_eq(where.file, "server.py");
        cr_expect_str_eq(where.function, "serve");
    }
}
