/* SPDX-License-Identifier: MIT
 * What was expected and what came, cut to what is worth showing. */
#include <stdlib.h>

#include "diagnose/rules.h"

enum { BEFORE = 16, EXCERPT = 64 };

void sg_find_difference(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const unsigned about_bytes =
        SG_KIND(DATA) | SG_KIND(EXTRA) | SG_KIND(MESSAGE) | SG_KIND(PRINTED) | SG_KIND(FILE);
    if (!(about_bytes & 1u << evidence->kind))
        return;
    size_t equal = sg_right_bytes(evidence);
    size_t start = evidence->kind == SG_FAILURE_PRINTED ? 0 : equal > BEFORE ? equal - BEFORE : 0;
    struct sg_slice expected = sg_slice_first(sg_slice_skip(evidence->expected, start), EXCERPT);
    struct sg_slice got = sg_slice_first(sg_slice_skip(evidence->got, start), EXCERPT);
    ret->difference = (struct sg_difference){
        .present = true,
        .offset = equal,
        .expected_length = evidence->expected.length,
        .got_length = evidence->got.length,
        .start = start,
    };
    sg_bytes_add(&ret->difference.expected, expected.data, expected.length);
    sg_bytes_add(&ret->difference.got, got.data, got.length);
    if (evidence->kind != SG_FAILURE_PRINTED)
        ret->difference.remark = sg_difference_remark(evidence->expected, evidence->got);
    if (evidence->connection && evidence->kind != SG_FAILURE_PRINTED)
        ret->difference.got_end = sg_strdup(sg_end_words(evidence));
}
