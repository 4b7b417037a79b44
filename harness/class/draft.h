/* SPDX-License-Identifier: MIT
 * A submission as a layout finds it, before its files are gathered and its students are looked
 * up. */
#ifndef SG_CLASS_DRAFT_H
#define SG_CLASS_DRAFT_H

#include "class/intake.h"

/* Texts that are owned, in the order in which they were added. A zeroed struct is empty. */
struct sg_texts {
    char **items;
    size_t count;
};
void sg_texts_add(struct sg_texts *texts, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void sg_texts_add_new(struct sg_texts *texts, const char *text); /* unless it is there */
void sg_texts_done(struct sg_texts *texts);

/* What the id of a layout is compared with on a roster. */
enum sg_id_kind {
    SG_ID_ANY,         /* what a student is called: a number, a login, an address, a name */
    SG_ID_CANVAS,      /* Canvas's number of a user */
    SG_ID_PARTICIPANT, /* Moodle's number of a participant in one assignment */
};

/* Files of a submission: the contents of the folder `path`, or with `name` the file `path` by that
 * name. */
struct sg_piece {
    char *path, *name;
};

struct sg_draft {
    char *id;    /* as the layout has it */
    char *label; /* where it comes from, for complaints; safe to show */
    struct sg_member *members;
    size_t member_count;
    enum sg_id_kind kind;
    char *repository; /* the name of its repository; NULL: it is none */
    char *attempt;
    struct sg_piece *pieces;
    size_t piece_count;
    struct sg_texts notes;
    char *spoiled; /* why it cannot be graded; NULL */
};

struct sg_drafts {
    struct sg_draft *items;
    size_t count;
};

/* A new draft at the end, which stays where it is until the next is added. */
struct sg_draft *sg_drafts_add(struct sg_drafts *drafts, const char *id, enum sg_id_kind kind);
/* The draft with this id behind the first `from`; NULL: there is none. */
struct sg_draft *sg_drafts_find(const struct sg_drafts *drafts, size_t from, const char *id);
/* A new student without anything known. */
struct sg_member *sg_draft_add_member(struct sg_draft *draft);
void sg_draft_add_piece(struct sg_draft *draft, const char *path, const char *name);
void sg_draft_done(struct sg_draft *draft);
void sg_drafts_done(struct sg_drafts *drafts);

void sg_member_done(struct sg_member *member);
/* Puts a copy of `value` into *field; nothing where `value` is NULL or empty. */
void sg_text_set(char **field, const char *value);

#endif
