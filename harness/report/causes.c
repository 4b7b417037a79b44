/* SPDX-License-Identifier: MIT
 * Causes: the failures that are alike, and what was skipped for their sake. */
#include "report/causes.h"

#include <string.h>

#include "base/language.h"

bool sg_is_alike(const struct sg_case_result *a, const struct sg_case_result *b)
{
    return a->status == SG_STATUS_FAILED && b->status == SG_STATUS_FAILED &&
           a->diagnosis.code == b->diagnosis.code && strcmp(a->role, b->role) == 0;
}

size_t sg_teller(const struct sg_run *run, size_t index, bool for_student)
{
    size_t first = index;
    for (size_t i = 0; i < run->case_count; i++) {
        if (i != index && !sg_is_alike(&run->cases[i], &run->cases[index]))
            continue;
        if (!run->cases[i].hidden || !for_student)
            return i;
        first = i < first ? i : first;
    }
    return first;
}

/* The id that a reason names, or NULL: it is written in the language in force, or in English. */
static const char *named_by(const char *reason)
{
    const char *const forms[] = {_("needs %s"), "needs %s"};
    for (size_t i = 0; reason && i < 2; i++) {
        size_t length = strcspn(forms[i], "%");
        if (strncmp(reason, forms[i], length) == 0)
            return reason + length;
    }
    return NULL;
}

size_t sg_needed_by(const struct sg_run *run, size_t index)
{
    const struct sg_case_result *skipped = &run->cases[index];
    const char *id = skipped->status == SG_STATUS_SKIPPED ? named_by(skipped->reason) : NULL;
    for (size_t i = 0; id && i < run->case_count; i++) {
        if (strcmp(run->cases[i].id, id) == 0 && strcmp(run->cases[i].role, skipped->role) == 0)
            return i;
    }
    return SIZE_MAX;
}

size_t sg_skipped_for(const struct sg_run *run, size_t index)
{
    for (size_t steps = 0; steps < run->case_count;
         steps++) { /* a file of others may name a circle */
        index = sg_needed_by(run, index);
        if (index == SIZE_MAX || run->cases[index].status == SG_STATUS_FAILED)
            return index;
    }
    return SIZE_MAX;
}
