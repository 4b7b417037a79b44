/* SPDX-License-Identifier: MIT
 * Any bytes as a submission.yaml, as far as its tables go. */
#include "program/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_manifest manifest = {0};
    struct sg_complaints complaints = {0};
    sg_autobytes struct sg_bytes out = {0};
    sg_yaml_parse("submission.yaml", (struct sg_slice){data, size}, &manifest.document,
                  &complaints);
    if (manifest.document.root) {
        struct sg_loading loading = {.arena = &manifest.arena, .complaints = &complaints};
        (void)sg_load(&loading, manifest.document.root, &sg_type_manifest, &manifest);
    }
    sg_complaints_print(&complaints, &out);
    sg_complaints_done(&complaints);
    sg_manifest_done(&manifest);
    return 0;
}
