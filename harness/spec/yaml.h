/* SPDX-License-Identifier: MIT
 * A YAML file as a tree of nodes that know their place, read with bounds on everything. */
#ifndef SG_SPEC_YAML_H
#define SG_SPEC_YAML_H

#include "base/arena.h"
#include "base/error.h"
#include "spec/complaint.h"

enum sg_node_kind {
    SG_NODE_SCALAR,
    SG_NODE_LIST,
    SG_NODE_MAP,
};

enum sg_scalar_style {
    SG_STYLE_PLAIN,
    SG_STYLE_SINGLE, /* '…': no escapes */
    SG_STYLE_DOUBLE, /* "…" */
    SG_STYLE_BLOCK,  /* | and > */
};

struct sg_node {
    enum sg_node_kind kind;
    enum sg_scalar_style style;
    struct sg_place place;
    const char *text; /* of a scalar; ended by a NUL that does not count */
    size_t length;
    size_t count; /* items of a list, pairs of a map */
    struct sg_node **items;
    struct sg_node **keys; /* of a map, scalars all */
};

/* Owns the file's text and every node. A zeroed struct is empty. */
struct sg_document {
    struct sg_arena arena;
    struct sg_source source;
    struct sg_node *root;
};

enum {
    SG_YAML_MOST_BYTES = 1 << 20,
    SG_YAML_MOST_NODES = 20000,
    SG_YAML_MOST_DEPTH = 32,
};

/* Reads `path`. Returns -1 where the file cannot be read at all (`err` says why); else 0, with what
 * is wrong in its YAML in `complaints`, and no root where no sense could be made of it. Aliases
 * share the node that they name. */
int sg_yaml_read(const char *path, struct sg_document *ret, struct sg_complaints *complaints,
                 struct sg_error *err);
/* The same for text in memory, which is copied; `name` stands for the path. */
void sg_yaml_parse(const char *name, struct sg_slice text, struct sg_document *ret,
                   struct sg_complaints *complaints);
void sg_document_done(struct sg_document *document); /* takes NULL */

/* The value of `key` in the map `map`, or NULL. */
const struct sg_node *sg_node_get(const struct sg_node *map, const char *key);
void sg_complain(struct sg_complaints *complaints, const struct sg_node *node, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

#endif
