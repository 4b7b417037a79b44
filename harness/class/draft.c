/* SPDX-License-Identifier: MIT
 * Drafts and the texts about them. */
#include "class/draft.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

static void add_text(struct sg_texts *texts, char *text)
{
    texts->items = sg_grow_array(texts->items, texts->count, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

void sg_texts_add(struct sg_texts *texts, const char *format, ...)
{
    struct sg_bytes text = {0};
    va_list args;
    va_start(args, format);
    sg_bytes_vprintf(&text, format, args);
    va_end(args);
    add_text(texts, sg_bytes_take_text(&text));
}

void sg_texts_add_new(struct sg_texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0)
            return;
    }
    add_text(texts, sg_strdup(text));
}

void sg_texts_done(struct sg_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->items[i]);
    free(texts->items);
    *texts = (struct sg_texts){0};
}

struct sg_draft *sg_drafts_add(struct sg_drafts *drafts, const char *id, enum sg_id_kind kind)
{
    drafts->items = sg_grow_array(drafts->items, drafts->count, sizeof *drafts->items);
    struct sg_draft *draft = &drafts->items[drafts->count++];
    *draft = (struct sg_draft){.id = sg_strdup(id), .kind = kind};
    return draft;
}

struct sg_draft *sg_drafts_find(const struct sg_drafts *drafts, size_t from, const char *id)
{
    for (size_t i = from; i < drafts->count; i++) {
        if (strcmp(drafts->items[i].id, id) == 0)
            return &drafts->items[i];
    }
    return NULL;
}

struct sg_member *sg_draft_add_member(struct sg_draft *draft)
{
    draft->members = sg_grow_array(draft->members, draft->member_count, sizeof *draft->members);
    struct sg_member *member = &draft->members[draft->member_count++];
    *member = (struct sg_member){0};
    return member;
}

void sg_draft_add_piece(struct sg_draft *draft, const char *path, const char *name)
{
    draft->pieces = sg_grow_array(draft->pieces, draft->piece_count, sizeof *draft->pieces);
    draft->pieces[draft->piece_count++] =
        (struct sg_piece){.path = sg_strdup(path), .name = name ? sg_strdup(name) : NULL};
}

void sg_member_done(struct sg_member *member)
{
    free(member->id);
    free(member->name);
    free(member->email);
    free(member->login);
    *member = (struct sg_member){0};
}

void sg_draft_done(struct sg_draft *draft)
{
    for (size_t i = 0; i < draft->member_count; i++)
        sg_member_done(&draft->members[i]);
    for (size_t i = 0; i < draft->piece_count; i++) {
        free(draft->pieces[i].path);
        free(draft->pieces[i].name);
    }
    free(draft->members);
    free(draft->pieces);
    free(draft->id);
    free(draft->label);
    free(draft->repository);
    free(draft->attempt);
    free(draft->spoiled);
    sg_texts_done(&draft->notes);
    *draft = (struct sg_draft){0};
}

void sg_drafts_done(struct sg_drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++)
        sg_draft_done(&drafts->items[i]);
    free(drafts->items);
    *drafts = (struct sg_drafts){0};
}

void sg_text_set(char **field, const char *value)
{
    if (!value || !*value)
        return;
    free(*field);
    *field = sg_strdup(value);
}
