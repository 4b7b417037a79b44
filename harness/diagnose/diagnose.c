/* SPDX-License-Identifier: MIT
 * Walks the rules from the most to the least specific. */
#include "diagnose/diagnose.h"

#include <string.h>

#include "base/language.h"
#include "diagnose/rules.h"

/* What is not allowed comes first, and what ends a program; then what a fault brought out; then
 * answers that are right to another question; then what a server's life shows; then the bytes. */
static const struct sg_rules *const blocks[] = {
    &sg_rules_bounds,
    &sg_rules_start,
    &sg_rules_raw,
    &sg_rules_sniff,
    &sg_rules_printed,
    &sg_rules_fault,
    &sg_rules_reliable,
    &sg_rules_file,
    &sg_rules_record,
    &sg_rules_both_ways,
    &sg_rules_chat,
    &sg_rules_caesar,
    &sg_rules_server,
    &sg_rules_unanswered,
    &sg_rules_leftover,
    &sg_rules_datagram,
    &sg_rules_datagram_client,
    &sg_rules_greeting,
    &sg_rules_frame,
    &sg_rules_segments,
    &sg_rules_slow,
    &sg_rules_text,
    &sg_rules_bytes,
    &sg_rules_alone,
    &sg_rules_ends,
    &sg_rules_other_bytes,
    &sg_rules_client,
    &sg_rules_output,
};

static bool apply(const struct sg_rules *rules, const struct sg_evidence *evidence,
                  struct sg_diagnosis *ret)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct sg_rule *rule = &rules->rows[i];
        if (!(rule->kinds & 1u << evidence->kind) || !rule->proves(evidence, ret))
            continue;
        ret->code = rule->code;
        return true;
    }
    return false;
}

static void add_hint(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    for (size_t i = 0; i < evidence->one->hints.count; i++) {
        const struct sg_hint *hint = &evidence->one->hints.items[i];
        if (strcmp(hint->code, sg_code_info(ret->code)->id) == 0)
            ret->advice = sg_strdup(sg_words_used(&hint->say));
    }
    if (!ret->advice && ret->code == SG_CODE_CRASHED && ret->file)
        ret->advice = sg_strdup(_(
            "Ask of the marked line which pointer, index or length in it is wrong, and how it came "
            "about."));
}

void sg_diagnose(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    *ret = (struct sg_diagnosis){0};
    for (size_t i = 0; i < SG_COUNT(blocks); i++) {
        if (apply(blocks[i], evidence, ret))
            break;
    }
    if (!ret->code) {
        ret->code = SG_CODE_TIMED_OUT;
        (void)sg_say(ret, "What was expected did not come.");
    }
    sg_find_difference(evidence, ret);
    sg_find_excerpt(evidence, ret);
    add_hint(evidence, ret);
}
