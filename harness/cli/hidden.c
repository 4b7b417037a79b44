/* SPDX-License-Identifier: MIT
 * What programs are not to see. */
#include "cli/hidden.h"

#include <string.h>

#include "cli/paths.h"

void sg_hidden_add(const struct sg_library *library, const struct sg_spec *spec,
                   struct sg_words_list *ret)
{
    for (size_t i = 0; i < library->count; i++)
        sg_words_add(ret, library->folders[i]);
    for (size_t i = 0; i < spec->document_count; i++)
        sg_words_add(ret, spec->documents[i].source.path);
    sg_autofree char *references = sg_path_references_of(spec);
    if (!references)
        return;
    *strrchr(references, '/') = 0; /* those of the other assignments too */
    sg_words_add(ret, references);
}
