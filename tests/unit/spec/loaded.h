/* SPDX-License-Identifier: MIT
 * A spec from a text, for one test. */
#ifndef SG_TESTS_UNIT_SPEC_LOADED_H
#define SG_TESTS_UNIT_SPEC_LOADED_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "spec/library.h"

struct loaded {
    struct sg_spec *spec;
    struct sg_complaints complaints;
};

static inline void loaded_done(struct loaded *loaded)
{
    sg_complaints_done(&loaded->complaints);
    sg_spec_done(loaded->spec);
    free(loaded->spec);
}

static inline struct loaded load_spec(const char *text)
{
    const struct sg_library nowhere = {0};
    struct loaded loaded = {.spec = sg_alloc(sizeof *loaded.spec)};
    sg_spec_parse(&nowhere, "spec.yaml", sg_slice_text(text), loaded.spec, &loaded.complaints);
    return loaded;
}

/* The same for a spec that must be right. */
static inline struct loaded load_right_spec(const char *text)
{
    struct loaded loaded = load_spec(text);
    sg_autobytes struct sg_bytes said = {0};
    sg_complaints_print(&loaded.complaints, &said);
    cr_assert_eq(loaded.complaints.count, 0, "%s", sg_bytes_text(&said));
    return loaded;
}

#define LOADED(name, text) \
    __attribute__((cleanup(loaded_done))) struct loaded name = load_spec(text)
#define RIGHT(name, text) \
    __attribute__((cleanup(loaded_done))) struct loaded name = load_right_spec(text)

/* The case called `name`; the test fails where there is none. */
static inline const struct sg_case *find_case(const struct loaded *loaded, const char *name)
{
    const struct sg_assignment *assignment = &loaded->spec->assignment;
    for (size_t i = 0; i < assignment->cases.count; i++) {
        if (strcmp(assignment->cases.items[i].name, name) == 0)
            return &assignment->cases.items[i];
    }
    cr_assert_fail("no case '%s'", name);
    return NULL;
}

/* What every small spec of the tests begins with. */
#define HEAD                                                 \
    "spec: 1\n"                                              \
    "id: demo\n"                                             \
    "title: A demonstration\n"                               \
    "programs:\n"                                            \
    "  server: {arguments: [$host, $port], listens: true}\n" \
    "  client: {arguments: [$host, $port, $message]}\n"      \
    "peers: {c: client, many: {kind: client, count: 3}, s: server}\n"
#define CASE(id)        "  - id: " id "\n    title: A case\n    role: server\n    points: 1\n"
#define CLIENT_CASE(id) "  - id: " id "\n    title: A case\n    role: client\n    points: 1\n"
#define QUIET_PLAY      "    play: [c: connect, c: quiet]\n"

#endif
