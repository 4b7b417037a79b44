/* SPDX-License-Identifier: MIT
 * Any folder, whose names are read by the user's expression. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "class/archive.h"
#include "class/layout.h"
#include "class/names.h"
#include "class/pattern.h"

bool sg_names_test(const struct sg_reading *reading)
{
    bool found = false;
    for (size_t i = 0; reading->pattern && !found && i < reading->list.count; i++) {
        char *groups[SG_GROUPS];
        found = sg_pattern_match(reading->pattern, reading->list.items[i].name, groups);
        for (size_t g = 0; g < SG_GROUPS; g++)
            free(groups[g]);
    }
    return found;
}

/* The name in full, from its parts where they were taken one by one. The caller frees it. */
static char *name_of(char *const *groups)
{
    const char *first = groups[SG_GROUP_FIRST_NAME], *last = groups[SG_GROUP_LAST_NAME];
    if (groups[SG_GROUP_NAME])
        return sg_strdup(groups[SG_GROUP_NAME]);
    if (!first && !last)
        return NULL;
    return sg_printf("%s%s%s", first ? first : "", first && last ? " " : "", last ? last : "");
}

/* Whether the files of `draft` are of an older attempt than `attempt`; then they are left out. */
static bool settle_attempt(struct sg_draft *draft, const char *attempt, const char *item)
{
    const char *known = draft->attempt ? draft->attempt : "";
    int order = sg_name_compare_natural(attempt ? attempt : "", known);
    if (order == 0)
        return true;
    if (order < 0) {
        sg_autofree char *shown = sg_name_show(item);
        sg_texts_add(&draft->notes, "left out: '%s', of an earlier attempt", shown);
        return false;
    }
    for (size_t i = 0; i < draft->piece_count; i++) {
        const char *slash = strrchr(draft->pieces[i].path, '/');
        sg_autofree char *shown = sg_name_show(slash ? slash + 1 : draft->pieces[i].path);
        sg_texts_add(&draft->notes, "left out: '%s', of an earlier attempt", shown);
        free(draft->pieces[i].path);
        free(draft->pieces[i].name);
    }
    draft->piece_count = 0;
    sg_text_set(&draft->attempt, attempt);
    return true;
}

static void add_item(const struct sg_reading *reading, size_t from, const struct sg_item *item,
                     char *const *groups)
{
    sg_autofree char *name = name_of(groups);
    const char *id = groups[SG_GROUP_ID]      ? groups[SG_GROUP_ID]
                     : groups[SG_GROUP_LOGIN] ? groups[SG_GROUP_LOGIN]
                     : groups[SG_GROUP_EMAIL] ? groups[SG_GROUP_EMAIL]
                                              : name;
    if (!id) {
        sg_reading_complain(reading, item->name, "the expression of --id-regex finds nobody in it");
        return;
    }
    struct sg_draft *draft = sg_drafts_find(reading->drafts, from, id);
    if (!draft) {
        draft = sg_reading_add(reading, id, SG_ID_ANY, item->name);
        struct sg_member *member = sg_draft_add_member(draft);
        sg_text_set(&member->id, groups[SG_GROUP_ID]);
        sg_text_set(&member->name, name);
        sg_text_set(&member->email, groups[SG_GROUP_EMAIL]);
        sg_text_set(&member->login, groups[SG_GROUP_LOGIN]);
        sg_text_set(&draft->attempt, groups[SG_GROUP_ATTEMPT]);
    } else if (!settle_attempt(draft, groups[SG_GROUP_ATTEMPT], item->name)) {
        return;
    }
    sg_autofree char *path = sg_reading_path(reading, item->name);
    const char *file = groups[SG_GROUP_FILE] ? groups[SG_GROUP_FILE] : item->name;
    sg_draft_add_piece(draft, path, item->sort == SG_ITEM_FOLDER ? NULL : file);
}

int sg_names_read(const struct sg_reading *reading)
{
    size_t from = reading->drafts->count;
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        char *groups[SG_GROUPS] = {0};
        if (item->sort != SG_ITEM_OTHER && reading->pattern &&
            sg_pattern_match(reading->pattern, item->name, groups))
            add_item(reading, from, item, groups);
        else
            sg_reading_complain(reading, item->name,
                                "the expression of --id-regex does not fit; not graded");
        for (size_t g = 0; g < SG_GROUPS; g++)
            free(groups[g]);
    }
    return 0;
}
