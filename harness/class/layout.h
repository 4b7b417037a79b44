/* SPDX-License-Identifier: MIT
 * The layouts of course systems: how each is recognised, and how it is read. */
#ifndef SG_CLASS_LAYOUT_H
#define SG_CLASS_LAYOUT_H

#include <stdbool.h>

#include "class/draft.h"
#include "class/roster.h"

/* A folder, sorted by name; what systems and editors leave behind is not in it. */
enum sg_item_sort {
    SG_ITEM_FILE,
    SG_ITEM_FOLDER,
    SG_ITEM_OTHER, /* links, devices */
};
struct sg_item {
    char *name;
    enum sg_item_sort sort;
};
struct sg_listing {
    struct sg_item *items;
    size_t count;
};
int sg_listing_read(const char *path, struct sg_listing *ret, struct sg_error *err);
void sg_listing_done(struct sg_listing *listing);
const struct sg_item *sg_listing_find(const struct sg_listing *listing, const char *name);

/* What a layout is recognised in and read from. */
struct sg_reading {
    const char *folder; /* its place */
    const char *name;   /* what it is called: its own name, or its archive's */
    const char *shown;  /* the path that the user named, for complaints */
    struct sg_listing list;
    const struct sg_roster *roster;
    const struct sg_pattern *pattern; /* of --id-regex; NULL */
    struct sg_drafts *drafts;
    struct sg_texts *complaints;
    struct sg_error *err;
};

struct sg_layout {
    const char *name;
    const char *help;
    bool (*test)(const struct sg_reading *reading);
    int (*read)(const struct sg_reading *reading); /* -1 and reading->err: the machine's fault */
    /* It fits around others: where several folders in each other fit, the last is it. */
    bool innermost;
};

/* The rows, in the order in which they are tried. */
extern const struct sg_layout sg_layouts[];
extern const size_t sg_layout_count;

/* Reads `folder` by the layout that `wanted` names (NULL: that it is recognised by), and adds its
 * drafts and complaints. `name` and `shown` as above. */
const struct sg_layout *sg_layout_read(struct sg_reading *reading, const char *wanted);

/* Whether a file of this name belongs to a program: source, or what builds one. */
bool sg_layout_is_program(const char *name);
/* PATH/name, which the caller frees. */
char *sg_reading_path(const struct sg_reading *reading, const char *name);
/* A draft found by what `name` says in the folder; its label is set. */
struct sg_draft *sg_reading_add(const struct sg_reading *reading, const char *id,
                                enum sg_id_kind kind, const char *name);
void sg_reading_complain(const struct sg_reading *reading, const char *name, const char *text);

bool sg_canvas_test(const struct sg_reading *reading);
int sg_canvas_read(const struct sg_reading *reading);
bool sg_moodle_test(const struct sg_reading *reading);
int sg_moodle_read(const struct sg_reading *reading);
bool sg_gradescope_test(const struct sg_reading *reading);
int sg_gradescope_read(const struct sg_reading *reading);
bool sg_github_test(const struct sg_reading *reading);
int sg_github_read(const struct sg_reading *reading);
bool sg_classroom50_test(const struct sg_reading *reading);
int sg_classroom50_read(const struct sg_reading *reading);
bool sg_nbgrader_test(const struct sg_reading *reading);
int sg_nbgrader_read(const struct sg_reading *reading);
bool sg_single_test(const struct sg_reading *reading);
int sg_single_read(const struct sg_reading *reading);
bool sg_plain_test(const struct sg_reading *reading);
int sg_plain_read(const struct sg_reading *reading);
bool sg_names_test(const struct sg_reading *reading);
int sg_names_read(const struct sg_reading *reading);

#endif
