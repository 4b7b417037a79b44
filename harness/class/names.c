/* SPDX-License-Identifier: MIT
 * Names of people and of files. */
#include "class/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/bytes.h"
#include "base/random.h"
#include "base/table.h"
#include "base/utf8.h"

enum { MOST_ID_BYTES = 96, MOST_SHOWN_BYTES = 120, MOST_NAME_BYTES = 200 };

static bool is_letter(uint32_t point)
{
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

/* The composed form of `text` with the further options; NULL where it is no UTF-8. */
static char *normal(const char *text, utf8proc_option_t more)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &out,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | more);
    if (length >= 0)
        return (char *)out;
    if (length == UTF8PROC_ERROR_NOMEM)
        abort();
    return NULL;
}

/* Appends the code point at the front of *rest, which is moved past it; a stray byte is U+FFFD. */
static uint32_t take_point(struct sg_slice *rest, struct sg_slice *ret_bytes)
{
    uint32_t point = 0;
    size_t step = sg_utf8_next(rest->data, rest->length, &point);
    *ret_bytes = sg_slice_first(*rest, step ? step : 1);
    *rest = sg_slice_skip(*rest, step ? step : 1);
    return step ? point : 0xfffd;
}

char *sg_name_fold(const char *name)
{
    sg_autofree char *folded = normal(name, UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    struct sg_bytes out = {0};
    struct sg_slice rest = sg_slice_text(folded ? folded : name), bytes;
    while (rest.length) {
        uint32_t point = take_point(&rest, &bytes);
        if (is_letter(point))
            sg_bytes_add(&out, bytes.data, bytes.length);
    }
    return sg_bytes_take_text(&out);
}

char *sg_name_caseless(const char *path)
{
    char *folded = normal(path, UTF8PROC_CASEFOLD);
    return folded ? folded : sg_strdup(path);
}

static void add_form(struct sg_name_forms *forms, char *folded)
{
    bool known = !*folded || forms->count == SG_NAME_FORMS;
    for (size_t i = 0; !known && i < forms->count; i++)
        known = strcmp(forms->items[i], folded) == 0;
    if (known)
        free(folded);
    else
        forms->items[forms->count++] = folded;
}

void sg_name_forms_add(struct sg_name_forms *forms, const char *name)
{
    add_form(forms, sg_name_fold(name));
    const char *comma = strchr(name, ',');
    const char *blank = strrchr(name, ' ');
    if (!comma && !blank)
        return;
    const char *cut = comma ? comma : blank;
    sg_autofree char *turned = sg_printf("%s %.*s", cut + 1, (int)(cut - name), name);
    add_form(forms, sg_name_fold(turned));
}

bool sg_name_forms_meet(const struct sg_name_forms *a, const struct sg_name_forms *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (strcmp(a->items[i], b->items[j]) == 0)
                return true;
        }
    }
    return false;
}

void sg_name_forms_done(struct sg_name_forms *forms)
{
    for (size_t i = 0; i < forms->count; i++)
        free(forms->items[i]);
    *forms = (struct sg_name_forms){0};
}

char *sg_name_safe(const char *raw)
{
    sg_autofree char *composed = normal(raw, 0);
    const char *text = composed ? composed : raw;
    struct sg_bytes out = {0};
    struct sg_slice rest = sg_slice_text(text), bytes;
    bool replaced = !composed;
    while (rest.length) {
        uint32_t point = take_point(&rest, &bytes);
        bool kept = is_letter(point) || (point < 128 && strchr("._-@+", (int)point));
        bool first = !out.length && (point == '.' || point == '-');
        if (out.length + bytes.length > MOST_ID_BYTES) {
            replaced = true;
            break;
        }
        if (kept && !first)
            sg_bytes_add(&out, bytes.data, bytes.length);
        else
            sg_bytes_add_byte(&out, '_');
        replaced = replaced || first || (!kept && point != ' ');
    }
    if (!out.length || replaced)
        sg_bytes_printf(&out, "~%08x",
                        (unsigned)(sg_hash(SG_HASH_START, raw, strlen(raw)) & 0xffffffffU));
    return sg_bytes_take_text(&out);
}

const char *sg_name_clean(const char *raw, struct sg_bytes *out)
{
    const char *wrong = NULL;
    struct sg_slice rest = sg_slice_text(raw), bytes;
    size_t start = out->length;
    if (raw[0] == '-') {
        wrong = "it begins with '-'";
        sg_bytes_add_byte(out, '_');
    }
    while (rest.length) {
        uint32_t point = take_point(&rest, &bytes);
        if (out->length - start > MOST_NAME_BYTES) {
            sg_bytes_printf(out, "~%08x",
                            (unsigned)(sg_hash(SG_HASH_START, raw, strlen(raw)) & 0xffffffffU));
            return "it is too long";
        }
        if (point == 0xfffd && bytes.length == 1) {
            wrong = "it is not UTF-8";
            sg_bytes_printf(out, "_%02x", bytes.data[0]);
        } else if (sg_utf8_unsafe(point)) {
            wrong = "it holds characters that cannot be seen or that turn text around";
            sg_bytes_add_byte(out, '_');
        } else {
            sg_bytes_add(out, bytes.data, bytes.length);
        }
    }
    return wrong;
}

char *sg_name_show(const char *raw)
{
    struct sg_bytes out = {0};
    struct sg_slice text = sg_slice_text(raw);
    struct sg_slice first = sg_slice_first(text, MOST_SHOWN_BYTES);
    while (first.length < text.length && first.length &&
           (text.data[first.length] & 0xc0) == 0x80) /* no character is cut */
        first.length--;
    sg_show(&out, first.data, first.length);
    if (first.length < text.length)
        sg_bytes_add_text(&out, "…");
    (void)sg_bytes_text(&out);
    return sg_bytes_take_text(&out);
}

bool sg_name_ends(const char *name, const char *end)
{
    size_t length = strlen(name), ending = strlen(end);
    return length > ending && strcasecmp(name + length - ending, end) == 0;
}

int sg_name_compare_natural(const char *a, const char *b)
{
    while (*a && *b) {
        if (!isdigit((unsigned char)*a) || !isdigit((unsigned char)*b)) {
            if (*a != *b)
                return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
            a++;
            b++;
            continue;
        }
        a += strspn(a, "0");
        b += strspn(b, "0");
        size_t longer = strspn(a, "0123456789"), other = strspn(b, "0123456789");
        int order = longer == other ? strncmp(a, b, longer) : longer < other ? -1 : 1;
        if (order)
            return order;
        a += longer;
        b += other;
    }
    return *a ? 1 : *b ? -1 : 0;
}
