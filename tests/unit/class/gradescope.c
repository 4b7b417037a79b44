/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "base/table.h"
#include "class/gradescope.h"

Test(gradescope, reads_times_with_their_zones)
{
    static const struct {
        const char *text;
        int64_t seconds, nanoseconds;
    } rows[] = {
        {"1970-01-01 00:00:01 Z", 1, 0},
        {"1970-01-01T00:00:01.5Z", 1, 500000000},
        {"1970-01-01 07:00:01 +0700", 1, 0},
        {"1970-01-01 07:00:01.000000001 +07:00", 1, 1},
        {"1969-12-31 17:00:01 -07:00", 1, 0},
        {"2026-05-09 14:30:45.123456000 -07:00", 1778362245, 123456000},
        {"1970-01-01 00:00:01", 1, 0},
        {"yesterday", 0, 0},
        {"1013-05-09 14:30:45 Z", 0, 0},
        {"9999-12-31 23:59:59 Z", 0, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++)
        cr_expect_eq(sg_gradescope_time(rows[i].text),
                     rows[i].seconds * INT64_C(1000000000) + rows[i].nanoseconds, "%s",
                     rows[i].text);
}
