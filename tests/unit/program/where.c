/* SPDX-License-Identifier: MIT
 * Where Python says that it is, read while it is still being written, and what a sanitizer names. */
#include "program/where.h"

#include <criterion/criterion.h>
#include <string.h>

#include "program/jail.h"

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

Test(where, the_first_place_of_its_own_in_a_sanitizers_report)
{
    static const char report[] =
        "==3==ERROR: AddressSanitizer: stack-buffer-overflow on address 0x7ffe at pc 0x5555\n"
        "WRITE of size 1 at 0x7ffe thread T0\n"
        "    #0 0x7f24 in memcpy ../sanitizer_common/interceptors.inc:827\n"
        "    #1 0x5555 in serve " SG_JAIL_WORK "/src/server.c:29\n"
        "    #2 0x5556 in main " SG_JAIL_WORK "/server.c:74\n";
    struct sg_where where = {0};
    cr_assert(sg_where_sanitizer(sg_slice_text(report), &where));
    cr_expect_eq(where.line, 29);
    cr_expect_str_eq(where.file, "src/server.c");
    cr_expect(
        !sg_where_sanitizer(sg_slice_text("#1 0x5555 in serve " SG_JAIL_WORK "/server"), &where));
    cr_expect(!sg_where_sanitizer(sg_slice_text("no report at all"), &where));
}
