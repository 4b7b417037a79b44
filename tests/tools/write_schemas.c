/* SPDX-License-Identifier: MIT
 * Prints what is generated from the tables of the languages and kept in the repository:
 *   write_schemas spec        schema/spec.schema.json
 *   write_schemas submission  schema/submission.schema.json
 *   write_schemas document    docs/spec-language.md, below its head
 *   write_schemas manifest    docs/submission.md, below its head
 * tests/schema/generated.py compares these with the files, and writes them where it is told to. */
#include <stdio.h>
#include <string.h>

#include "program/manifest.h"
#include "spec/assignment.h"
#include "spec/document.h"
#include "spec/json_schema.h"

static void write_spec(struct sg_bytes *out)
{
    sg_spec_json_schema(&sg_type_assignment, "spec.schema.json", "A spec of sockgrade", out);
}

static void write_submission(struct sg_bytes *out)
{
    sg_spec_json_schema(&sg_type_manifest, "submission.schema.json",
                        "A submission.yaml of sockgrade", out);
}

static void write_document(struct sg_bytes *out)
{
    sg_spec_document(&sg_type_assignment, out);
}

static void write_manifest(struct sg_bytes *out)
{
    sg_spec_document(&sg_type_manifest, out);
}

static const struct {
    const char *name;
    void (*write)(struct sg_bytes *out);
} kinds[] = {
    {"spec", write_spec},
    {"submission", write_submission},
    {"document", write_document},
    {"manifest", write_manifest},
};

int main(int count, char **words)
{
    for (size_t i = 0; count == 2 && i < SG_COUNT(kinds); i++) {
        if (strcmp(words[1], kinds[i].name) != 0)
            continue;
        sg_autobytes struct sg_bytes out = {0};
        kinds[i].write(&out);
        return fwrite(out.data, 1, out.length, stdout) == out.length ? 0 : 1;
    }
    (void)fprintf(stderr, "usage: write_schemas spec|submission|document|manifest\n");
    return 2;
}
