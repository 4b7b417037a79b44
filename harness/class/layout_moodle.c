/* SPDX-License-Identifier: MIT
 * Moodle: a folder, or a file, for each student and each way of handing in.
 *
 *   Ana Lopez_1234_assignsubmission_file/server.c        folders; older ones end with a '_'
 *   Ana Lopez_1234_assignsubmission_file_server.c        flat
 *   Ana Lopez_1234_assignsubmission_onlinetext/…         what was typed in
 *   Participant_1234_…                                   where the students are anonymous
 *   Group B_77_…, Default group_…                        groups
 *
 * A name holds no '_'. The number is that of a participant in one assignment, or of a group. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"
#include "class/layout.h"
#include "class/names.h"

struct parts {
    char *prefix, *name, *number; /* number: empty where there is none */
    char *plugin;
    const char *rest; /* the file's own name; empty for a folder */
};

static void parts_done(struct parts *parts)
{
    free(parts->prefix);
    free(parts->name);
    free(parts->number);
    free(parts->plugin);
}

static bool parse(const char *item, struct parts *ret)
{
    static const char mark[] = "_assignsubmission_";
    *ret = (struct parts){0};
    const char *at = strstr(item, mark);
    if (!at || at == item)
        return false;
    const char *plugin = at + sizeof mark - 1;
    size_t length = strspn(plugin, "abcdefghijklmnopqrstuvwxyz");
    if (!length || (plugin[length] && plugin[length] != '_'))
        return false;
    const char *number = at;
    while (number > item && isdigit((unsigned char)number[-1]))
        number--;
    bool numbered = number < at && number - item > 1 && number[-1] == '_';
    const char *end = numbered ? number - 1 : at;
    ret->prefix = sg_printf("%.*s", (int)(at - item), item);
    ret->name = sg_printf("%.*s", (int)(end - item), item);
    ret->number = numbered ? sg_printf("%.*s", (int)(at - number), number) : sg_strdup("");
    ret->plugin = sg_printf("%.*s", (int)length, plugin);
    ret->rest = plugin + length + (plugin[length] == '_');
    return true;
}

bool sg_moodle_test(const struct sg_reading *reading)
{
    size_t fits = 0;
    for (size_t i = 0; i < reading->list.count; i++) {
        __attribute__((cleanup(parts_done))) struct parts parts;
        fits += parse(reading->list.items[i].name, &parts);
    }
    return fits * 2 > reading->list.count;
}

/* What Moodle calls everybody where names are hidden, in the languages that this project speaks. */
static bool is_nobody(const char *name)
{
    static const char *const words[] = {"Participant", "Peserta"};
    for (size_t i = 0; i < SG_COUNT(words); i++) {
        if (strcmp(name, words[i]) == 0)
            return true;
    }
    return false;
}

static struct sg_draft *draft_for(const struct sg_reading *reading, size_t from,
                                  const struct parts *parts)
{
    struct sg_draft *draft = sg_drafts_find(reading->drafts, from, parts->prefix);
    if (draft)
        return draft;
    draft = sg_reading_add(reading, parts->prefix, SG_ID_PARTICIPANT, parts->prefix);
    struct sg_member *member = sg_draft_add_member(draft);
    sg_text_set(&member->id, parts->number);
    sg_text_set(&member->name, is_nobody(parts->name) ? NULL : parts->name);
    return draft;
}

static void add_item(const struct sg_reading *reading, size_t from, const struct sg_item *item,
                     const struct parts *parts)
{
    struct sg_draft *draft = draft_for(reading, from, parts);
    sg_autofree char *path = sg_reading_path(reading, item->name);
    bool folder = item->sort == SG_ITEM_FOLDER;
    if (strcmp(parts->plugin, "onlinetext") == 0)
        sg_texts_add_new(&draft->notes,
                         "a text was typed into Moodle as well as, or instead of, files");
    sg_draft_add_piece(draft, path, folder ? NULL : *parts->rest ? parts->rest : item->name);
}

int sg_moodle_read(const struct sg_reading *reading)
{
    size_t from = reading->drafts->count;
    for (size_t i = 0; i < reading->list.count; i++) {
        __attribute__((cleanup(parts_done))) struct parts parts;
        const struct sg_item *item = &reading->list.items[i];
        if (parse(item->name, &parts) && item->sort != SG_ITEM_OTHER)
            add_item(reading, from, item, &parts);
        else
            sg_reading_complain(reading, item->name, "no name that Moodle gives; not graded");
    }
    return 0;
}
