/* SPDX-License-Identifier: MIT
 * Canvas: all files of a class in one folder, by names that say whose they are:
 *
 *   doejohn_LATE_340934_208490284_server-1.c      NAME[_LATE]_USER_FILE_ORIGINAL
 *   [LATE_]anon_Xa8bQ_208490284_server.c          where the students are anonymous
 *   doejohn_340934_text.html, …_link.html         what was typed in
 *
 * NAME and ORIGINAL may hold digits and '_' themselves. A file that was uploaded again has -1, -2
 * before its extension. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "class/layout.h"
#include "class/names.h"

/* A name taken apart: parts of the name itself. */
struct parts {
    struct sg_slice name, user;
    const char *original;
    bool anonymous, typed;
};

static char *text_of(struct sg_slice slice)
{
    return sg_printf("%.*s", (int)slice.length, (const char *)slice.data);
}

static struct sg_slice between(const char *from, const char *to)
{
    return (struct sg_slice){(const uint8_t *)from, (size_t)(to - from)};
}

/* The end of a run of digits at `at` that a '_' follows; NULL: there is none. */
static const char *number_end(const char *at)
{
    const char *end = at + strspn(at, "0123456789");
    return end > at && *end == '_' ? end : NULL;
}

static bool parse_typed(const char *at, struct parts *ret)
{
    const char *end = number_end(at);
    if (!end || (strcmp(end, "_text.html") != 0 && strcmp(end, "_link.html") != 0))
        return false;
    ret->user = between(at, end);
    ret->original = end + 1;
    ret->typed = true;
    return true;
}

static bool parse_uploaded(const char *at, struct parts *ret)
{
    const char *user = number_end(at);
    const char *file = user ? number_end(user + 1) : NULL;
    if (!file || !file[1])
        return false;
    ret->user = between(at, user);
    ret->original = file + 1;
    return true;
}

static bool parse_anonymous(const char *name, struct parts *ret)
{
    const char *at = strncmp(name, "LATE_", 5) == 0 ? name + 5 : name;
    if (strncmp(at, "anon_", 5) != 0)
        return false;
    const char *end = strchr(at + 5, '_');
    if (!end || end == at + 5)
        return false;
    const char *file = number_end(end + 1);
    ret->typed = strcmp(end, "_text.html") == 0 || strcmp(end, "_link.html") == 0;
    if (!ret->typed && (!file || !file[1]))
        return false;
    ret->user = between(at + 5, end);
    ret->original = ret->typed ? end + 1 : file + 1;
    ret->anonymous = true;
    return true;
}

/* Takes `name` apart. The first place that fits is taken, unless the roster knows another's user
 * alone. */
static bool parse(const char *name, const struct sg_roster *roster, struct parts *ret)
{
    *ret = (struct parts){0};
    if (parse_anonymous(name, ret))
        return true;
    bool found = false;
    for (const char *at = strchr(name, '_'); at; at = strchr(at + 1, '_')) {
        struct parts parts = {0};
        if (at == name || (!parse_typed(at + 1, &parts) && !parse_uploaded(at + 1, &parts)))
            continue;
        parts.name = between(name, at);
        if (parts.name.length > 5 && strncmp(at - 5, "_LATE", 5) == 0)
            parts.name.length -= 5;
        sg_autofree char *user = text_of(parts.user);
        bool known = sg_roster_has(roster, SG_ID_CANVAS, user);
        if (!found || known)
            *ret = parts;
        found = true;
        if (known)
            break;
    }
    return found;
}

bool sg_canvas_test(const struct sg_reading *reading)
{
    size_t fits = 0;
    struct parts parts;
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        fits += item->sort == SG_ITEM_FILE && parse(item->name, reading->roster, &parts);
    }
    return fits * 2 > reading->list.count;
}

/* --- uploaded again --------------------------------------------------------------------------- */

/* "server-12.c" is "server.c", the 12th time again. */
struct version {
    char *plain; /* the name without the number; NULL: it has none */
    char number[12];
};

static struct version version_of(const char *name)
{
    struct version version = {0};
    const char *dot = strchr(name, '.');
    const char *end = dot && dot > name ? dot : name + strlen(name);
    const char *digits = end;
    while (digits > name && isdigit((unsigned char)digits[-1]))
        digits--;
    size_t length = (size_t)(end - digits);
    if (!length || length > 4 || digits - name < 2 || digits[-1] != '-' || *digits == '0')
        return version;
    memcpy(version.number, digits, length);
    version.plain = sg_printf("%.*s%s", (int)(digits - 1 - name), name, end);
    return version;
}

/* Whether a file of the submission speaks of a file `name`: then it is called so by its author. */
static bool is_spoken_of(const struct sg_draft *draft, const char *name)
{
    enum { MOST_BYTES = 1 << 20 };
    for (size_t i = 0; i < draft->piece_count; i++) {
        sg_autobytes struct sg_bytes text = {0};
        struct sg_error err = {0};
        if (sg_file_read(draft->pieces[i].path, MOST_BYTES, &text, &err) == 0 &&
            sg_slice_find(sg_bytes_slice(&text), sg_slice_text(name)) != SIZE_MAX)
            return true;
    }
    return false;
}

static void remove_piece(struct sg_draft *draft, size_t index)
{
    free(draft->pieces[index].path);
    free(draft->pieces[index].name);
    draft->piece_count--;
    memmove(draft->pieces + index, draft->pieces + index + 1,
            (draft->piece_count - index) * sizeof *draft->pieces);
}

/* Of pieces `a` and `b`, which are both `plain`: leaves the older out. */
static void keep_newer(struct sg_draft *draft, size_t a, size_t b)
{
    struct version one = version_of(draft->pieces[a].name);
    struct version other = version_of(draft->pieces[b].name);
    bool first_is_newer = sg_name_compare_natural(one.number, other.number) > 0;
    size_t older = first_is_newer ? b : a, newer = first_is_newer ? a : b;
    sg_autofree char *left = sg_name_show(draft->pieces[older].name);
    sg_autofree char *kept = sg_name_show(draft->pieces[newer].name);
    sg_texts_add(&draft->notes, "left out: '%s'; '%s' was uploaded later", left, kept);
    free(one.plain);
    free(other.plain);
    remove_piece(draft, older);
}

/* The plain name of a piece that was uploaded again; NULL where it is called so by its author. */
static char *plain_name(const struct sg_draft *draft, size_t index)
{
    struct version version = version_of(draft->pieces[index].name);
    if (version.plain && is_spoken_of(draft, draft->pieces[index].name)) {
        free(version.plain);
        return NULL;
    }
    return version.plain;
}

/* Of each file the last upload, by its own name. */
static void settle_versions(struct sg_draft *draft)
{
    for (size_t i = 0; i < draft->piece_count; i++) {
        sg_autofree char *plain = plain_name(draft, i);
        for (size_t j = 0; plain && j < draft->piece_count; j++) {
            sg_autofree char *other = plain_name(draft, j);
            if (j == i || strcmp(other ? other : draft->pieces[j].name, plain) != 0)
                continue;
            keep_newer(draft, i, j);
            i = (size_t)-1; /* from the start: the places have moved */
            break;
        }
    }
    const char *latest = "";
    for (size_t i = 0; i < draft->piece_count; i++) {
        char *plain = plain_name(draft, i);
        if (!plain)
            continue;
        struct version version = version_of(draft->pieces[i].name);
        if (sg_name_compare_natural(version.number, latest) > 0) {
            free(draft->attempt);
            draft->attempt = sg_printf("-%s", version.number);
            latest = draft->attempt + 1;
        }
        free(version.plain);
        sg_autofree char *shown = sg_name_show(draft->pieces[i].name);
        sg_autofree char *now = sg_name_show(plain);
        sg_texts_add(&draft->notes, "'%s' is graded as '%s': Canvas numbers what is uploaded again",
                     shown, now);
        free(draft->pieces[i].name);
        draft->pieces[i].name = plain;
    }
}

/* --- reading ---------------------------------------------------------------------------------- */

static void add_file(const struct sg_reading *reading, size_t from, const char *file,
                     const struct parts *parts)
{
    sg_autofree char *name = text_of(parts->name), *user = text_of(parts->user);
    sg_autofree char *id =
        parts->anonymous ? sg_printf("anon_%s", user) : sg_printf("%s_%s", name, user);
    sg_autofree char *path = sg_reading_path(reading, file);
    struct sg_draft *draft = sg_drafts_find(reading->drafts, from, id);
    if (!draft) {
        draft = sg_reading_add(reading, id, SG_ID_CANVAS, id);
        struct sg_member *member = sg_draft_add_member(draft);
        sg_text_set(&member->id, user);
        sg_text_set(&member->name, name);
    }
    if (parts->typed)
        sg_texts_add(&draft->notes, "'%s' was typed into Canvas, not uploaded", parts->original);
    sg_draft_add_piece(draft, path, parts->original);
}

int sg_canvas_read(const struct sg_reading *reading)
{
    size_t from = reading->drafts->count;
    struct parts parts;
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        if (item->sort == SG_ITEM_FILE && parse(item->name, reading->roster, &parts))
            add_file(reading, from, item->name, &parts);
        else
            sg_reading_complain(reading, item->name, "no name that Canvas gives; not graded");
    }
    for (size_t i = from; i < reading->drafts->count; i++)
        settle_versions(&reading->drafts->items[i]);
    return 0;
}
