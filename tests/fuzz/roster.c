/* SPDX-License-Identifier: MIT
 * Any bytes as a roster, joined with a class of a few; and as the metadata of Gradescope. */
#include <stdlib.h>

#include "class/gradescope.h"
#include "class/roster.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add(struct sg_drafts *drafts, enum sg_id_kind kind, const char *id, const char *name)
{
    struct sg_draft *draft = sg_drafts_add(drafts, id, kind);
    draft->label = sg_strdup(id);
    struct sg_member *member = sg_draft_add_member(draft);
    sg_text_set(&member->id, id);
    sg_text_set(&member->name, name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_slice text = {data, size};
    struct sg_roster roster = {0};
    struct sg_gradescope gradescope = {0};
    struct sg_texts complaints = {0};
    struct sg_drafts drafts = {0};
    struct sg_error err = {0};
    add(&drafts, SG_ID_ANY, "21", NULL);
    add(&drafts, SG_ID_CANVAS, "11", "doejohn");
    add(&drafts, SG_ID_PARTICIPANT, "1", "Kelompok B");
    if (sg_roster_parse("roster.csv", text, &roster, &complaints, &err) == 0)
        sg_roster_join(&roster, &drafts, &complaints);
    sg_roster_done(&roster);
    if (sg_gradescope_parse(text, &gradescope, &err) == 0) {
        for (size_t i = 0; i < gradescope.count; i++)
            (void)sg_gradescope_time(gradescope.entries[i].created ? gradescope.entries[i].created
                                                                   : "");
    }
    sg_gradescope_done(&gradescope);
    sg_drafts_done(&drafts);
    sg_texts_done(&complaints);
    return 0;
}
