/* SPDX-License-Identifier: MIT
 * Tables that describe what a YAML file may say and which C structs it becomes.
 *
 * One table of types drives everything: loading (load.c), the messages about what is wrong, the
 * documentation of the language (document.c) and the JSON Schema for editors (json_schema.c). */
#ifndef SG_SPEC_SCHEMA_H
#define SG_SPEC_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/table.h"
#include "spec/yaml.h"

enum sg_type_kind {                   /* the C object it is loaded into */
                    SG_KIND_TEXT,     /* const char * */
                    SG_KIND_NAME,     /* const char *: a-z, 0-9 and '-', begins with a letter */
                    SG_KIND_FLAG,     /* bool: true or false */
                    SG_KIND_NUMBER,   /* int64_t */
                    SG_KIND_DURATION, /* uint64_t, nanoseconds */
                    SG_KIND_SIZE,     /* uint64_t, bytes */
                    SG_KIND_POINTS,   /* int64_t, thousandths */
                    SG_KIND_RANGE,    /* struct sg_range: "3" or "1..7", within least and most */
                    SG_KIND_CHOICE,   /* int: the value of one of `choices` */
                    SG_KIND_PAYLOAD,  /* struct sg_slice: "…" with YAML's escapes, ASCII */
                    SG_KIND_RAW,      /* const struct sg_node *: any value, read later */
                    SG_KIND_BOX,      /* ITEM *, in the arena: for a type that holds itself */
                    SG_KIND_LIST,     /* struct { ITEM *items; size_t count; } */
                    SG_KIND_RECORD,   /* a struct: a map with the keys of `fields` */
                    SG_KIND_TABLE,    /* as a list: a map of name to item; items know their name */
                    SG_KIND_ENTRY,    /* ITEM: a map with exactly one key, the item's name */
                    SG_KIND_UNION, /* a struct: one of `alternatives`, by what stands in the YAML */
};

/* Where a type keeps something about itself: the offset plus 1, so that 0 says 'nowhere'. */
#define SG_KEPT_AT(type, member, ctype) (SG_AT(type, member, ctype) + 1)

struct sg_type;

struct sg_range {
    uint64_t least, most;
};

struct sg_choice {
    const char *word;
    int value;
    const char *help;
};

/* A key of a record. */
struct sg_field {
    const char *key;
    const struct sg_type *type;
    size_t offset;
    int variant;   /* not 0: choosing this key makes the record this variant, and sets its tag */
    uint64_t with; /* the variants (1 << variant) that the key may accompany; 0: all */
    bool required; /* with the variants of `with`, where it has any */
    const char *help;
};

/* One form of a union. The form is chosen by the kind of node; a scalar form may be limited to the
 * words of its (choice) type, so that words and payload can share a place. */
struct sg_alternative {
    enum sg_node_kind kind;
    const struct sg_type *type;
    size_t offset;
    int tag; /* stored at the union's tag_at; 0: the alternative's own type stores it */
};

struct sg_type {
    const char *name; /* with its article: "a duration" */
    const char *id;   /* in the JSON Schema and the documentation: "duration" */
    enum sg_type_kind kind;
    const char *help;
    size_t size; /* of the C object; for lists and tables: of the list struct */
    int64_t least,
        most; /* numbers, durations (ns), sizes; items of a list or table; a text's bytes */
    const char *example;
    bool fills_variables; /* `$name` within the text is replaced by the variable's label */
    bool keeps_variables; /* "$name" is text here, not a variable of the case */
    const struct sg_choice *choices;
    size_t choice_count;
    const struct sg_type *item;
    const struct sg_field
        *fields; /* of a record; of a table or entry: names with a type of their own */
    size_t field_count;
    const struct sg_type *others; /* a record's table of the keys that no field names; NULL: none */
    size_t others_at;             /* its offset */
    const struct sg_alternative *alternatives;
    size_t alternative_count;
    const void *initial;    /* what a record holds before its keys are read; NULL: zeroes */
    bool needs_variant;     /* exactly one of the variant keys must be there */
    size_t tag_at;          /* SG_KEPT_AT, int: the variant of a record or the form of a union */
    size_t name_at;         /* SG_KEPT_AT, const char *: the name of a table's item */
    size_t key_at;          /* SG_KEPT_AT, const struct sg_node *: where that name stands */
    size_t node_at;         /* SG_KEPT_AT, const struct sg_node *: where it stands */
    size_t broken_at;       /* SG_KEPT_AT, bool: set where something in it was wrong */
    const char *matrix_key; /* an item with this key stands for one item per combination */
    size_t label_at;        /* SG_KEPT_AT, const char *: which combination, or NULL */
};

/* A variable of a case: the node that stands for `$name`. */
struct sg_scope {
    const char *name;
    const struct sg_node *node;
    const struct sg_scope *outer;
    bool *used; /* set when something asks for it */
};

struct sg_loading {
    struct sg_arena *arena; /* owns what is loaded; text is shared with the document's nodes */
    struct sg_complaints *complaints;
    const struct sg_scope *scope;
    size_t visited; /* nodes so far, aliases expanded */
    size_t depth;   /* of the node that is being loaded, variables expanded */
};

enum {
    SG_MOST_VISITED = 100000,
    SG_MOST_LOAD_DEPTH = 150,
    SG_MOST_TEXT_BYTES = 10000,
    SG_MOST_LABEL_BYTES = 64,
    SG_MOST_MATRIX_VARIABLES = 4,
    SG_MOST_COMBINATIONS = 200,
};

/* Loads `node` into the object at `out`. False where something was wrong, which is in the
 * complaints (all of it, not only the first); then `out` is filled as far as it was right. */
bool sg_load(struct sg_loading *loading, const struct sg_node *node, const struct sg_type *type,
             void *out);

/* Complains of `key`, which no field of `type` and none of `more` (may be NULL) names, and
 * suggests. */
void sg_load_unknown_key(struct sg_complaints *complaints, const struct sg_node *key,
                         const struct sg_type *type, const char *const *more, size_t more_count);

/* The node that `node` stands for: itself, or the value of the variable that it names. NULL where
 * there is no such variable (complained of). */
const struct sg_node *sg_load_resolve(struct sg_loading *loading, const struct sg_node *node);

/* Types without parts of their own. */
extern const struct sg_type sg_type_text, sg_type_name, sg_type_flag, sg_type_payload,
    sg_type_points, sg_type_duration, sg_type_size, sg_type_count, sg_type_raw;

bool sg_name_valid(const char *name);
/* Appends what a number, a duration, a size or points may be: "0ms to 60s"; nothing for other
 * types. */
void sg_type_range(const struct sg_type *type, struct sg_bytes *out);

#endif
