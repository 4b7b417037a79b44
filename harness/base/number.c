/* SPDX-License-Identifier: MIT
 * Numbers from text. */
#include "base/number.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"

bool sg_number_parse(const char *text, int64_t *ret)
{
    const char *digits = text[0] == '-' ? text + 1 : text;
    if (!isdigit((unsigned char)digits[0]))
        return false;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno || *end)
        return false;
    *ret = value;
    return true;
}

/* Reads "12" or "12.345" as thousandths and returns what follows, or NULL. */
static const char *read_thousandths(const char *text, int64_t *ret)
{
    if (!isdigit((unsigned char)text[0]))
        return NULL;
    int64_t value = 0;
    for (; isdigit((unsigned char)*text); text++) {
        if (value > INT64_C(1000000000000))
            return NULL;
        value = value * 10 + (*text - '0');
    }
    value *= 1000;
    if (*text == '.') {
        int64_t unit = 100;
        if (!isdigit((unsigned char)*++text))
            return NULL;
        for (; isdigit((unsigned char)*text); text++, unit /= 10) {
            if (unit == 0)
                return NULL;
            value += unit * (*text - '0');
        }
    }
    *ret = value;
    return text;
}

bool sg_thousandths_parse(const char *text, int64_t *ret)
{
    int64_t value;
    const char *rest = read_thousandths(text, &value);
    if (!rest || *rest)
        return false;
    *ret = value;
    return true;
}

struct unit {
    const char *name;
    uint64_t factor;
};

static bool parse_with_unit(const char *text, const struct unit *units, size_t count, uint64_t *ret)
{
    int64_t thousandths;
    const char *rest = read_thousandths(text, &thousandths);
    if (!rest)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rest, units[i].name) != 0)
            continue;
        uint64_t whole = (uint64_t)thousandths / 1000, rest_of_one = (uint64_t)thousandths % 1000;
        if (whole >= INT64_MAX / units[i].factor)
            return false;
        *ret = whole * units[i].factor + rest_of_one * units[i].factor / 1000;
        return true;
    }
    return false;
}

bool sg_duration_parse(const char *text, uint64_t *ret_ns)
{
    static const struct unit units[] = {
        {"ms", UINT64_C(1000000)},
        {"s", UINT64_C(1000000000)},
    };
    return parse_with_unit(text, units, SG_COUNT(units), ret_ns);
}

bool sg_size_parse(const char *text, uint64_t *ret_bytes)
{
    static const struct unit units[] = {
        {"", 1},
        {"KiB", UINT64_C(1) << 10},
        {"MiB", UINT64_C(1) << 20},
    };
    return parse_with_unit(text, units, SG_COUNT(units), ret_bytes);
}

void sg_thousandths_print(struct sg_bytes *out, int64_t thousandths)
{
    int64_t rest = thousandths % 1000;
    sg_bytes_printf(out, "%" PRId64, thousandths / 1000);
    if (rest == 0)
        return;
    char digits[] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10),
                     (char)('0' + rest % 10), 0};
    for (size_t last = 3; digits[last] == '0'; last--)
        digits[last] = 0;
    sg_bytes_add_text(out, digits);
}
