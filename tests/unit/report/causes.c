/* SPDX-License-Identifier: MIT
 * Which case tells a cause, and for whose sake others were skipped. */
#include "report/causes.h"

#include <criterion/criterion.h>

static struct sg_case_result failed(const char *id, enum sg_code code, bool hidden)
{
    return (struct sg_case_result){
        .id = (char *)id,
        .role = (char *)"server",
        .status = SG_STATUS_FAILED,
        .hidden = hidden,
        .diagnosis.code = code,
    };
}

static struct sg_case_result skipped(const char *id, const char *reason)
{
    return (struct sg_case_result){
        .id = (char *)id,
        .role = (char *)"server",
        .status = SG_STATUS_SKIPPED,
        .reason = (char *)reason,
    };
}

Test(causes, the_first_that_may_be_told_tells)
{
    struct sg_case_result cases[] = {
        failed("a", SG_CODE_SINGLE_RECV, true),
        failed("b", SG_CODE_CRASHED, true),
        failed("c", SG_CODE_SINGLE_RECV, false),
        failed("d", SG_CODE_SINGLE_RECV, false),
    };
    const struct sg_run run = {.cases = cases, .case_count = 4};
    cr_expect_eq(sg_teller(&run, 0, true), 2);
    cr_expect_eq(sg_teller(&run, 3, true), 2);
    cr_expect_eq(sg_teller(&run, 1, true), 1, "hidden, but there is no other");
    cr_expect_eq(sg_teller(&run, 3, false), 0);
    cases[0].role = (char *)"client";
    cr_expect_eq(sg_teller(&run, 3, false), 2, "another program has causes of its own");
}

Test(causes, what_was_skipped_leads_to_what_failed)
{
    struct sg_case_result cases[] = {
        failed("a", SG_CODE_CRASHED, false),     skipped("b", "needs a"), skipped("c", "needs b"),
        skipped("d", "the machine has no IPv6"), skipped("e", "needs f"), skipped("f", "needs e"),
    };
    const struct sg_run run = {.cases = cases, .case_count = 6};
    static const struct {
        const char *name;
        size_t index, cause;
    } rows[] = {
        {"one that needs it", 1, 0},
        {"one that needs that", 2, 0},
        {"for the machine's sake", 3, SIZE_MAX},
        {"in a circle", 4, SIZE_MAX},
        {"one that failed itself", 0, SIZE_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        cr_expect_eq(sg_skipped_for(&run, rows[i].index), rows[i].cause, "%s", rows[i].name);
}
