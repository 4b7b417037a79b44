/* SPDX-License-Identifier: MIT
 * Any bytes as a spec: parsed, loaded, checked, complained of, and told in words where nothing is
 * wrong. */
#include <stdlib.h>

#include "spec/library.h"
#include "spec/show.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct sg_library nowhere = {0};
    struct sg_complaints complaints = {0};
    sg_autobytes struct sg_bytes out = {0};
    struct sg_spec *spec = sg_alloc(sizeof *spec);
    sg_spec_parse(&nowhere, "spec.yaml", (struct sg_slice){data, size}, spec, &complaints);
    sg_complaints_print(&complaints, &out);
    const struct sg_assignment *assignment = &spec->assignment;
    for (size_t i = 0; !complaints.count && i < assignment->cases.count && i < 20; i++)
        sg_spec_show(assignment, &assignment->cases.items[i], i % 2, &out);
    sg_complaints_done(&complaints);
    sg_spec_done(spec);
    free(spec);
    return 0;
}
