/* SPDX-License-Identifier: MIT
 * What a run is worth, and the exit status that follows from it. */
#include <criterion/criterion.h>

#include "base/table.h"
#include "result/result.h"

enum { MOST = 4 };

struct outcome {
    enum sg_status status;
    bool charged;
    int64_t points, max_points;
};

static struct sg_score score_of(const struct outcome *outcomes, size_t count, int *exit_status)
{
    struct sg_case_result cases[MOST] = {0};
    for (size_t i = 0; i < count; i++)
        cases[i] = (struct sg_case_result){.status = outcomes[i].status,
                                           .charged = outcomes[i].charged,
                                           .points = outcomes[i].points,
                                           .max_points = outcomes[i].max_points};
    const struct sg_run run = {.cases = cases, .case_count = count};
    *exit_status = sg_run_exit_status(&run);
    return sg_run_score(&run);
}

Test(score, counts_what_is_charged_and_nothing_else)
{
    static const struct {
        const char *name;
        struct outcome outcomes[MOST];
        size_t count;
        int64_t points, max_points;
        int exit_status;
    } rows[] = {
        {"nothing was run", {{0}}, 0, 0, 0, 0},
        {"all passed",
         {{SG_STATUS_PASSED, true, 2000, 2000}, {SG_STATUS_PASSED, true, 3000, 3000}},
         2,
         5000,
         5000,
         0},
        {"one failed",
         {{SG_STATUS_PASSED, true, 2000, 2000}, {SG_STATUS_FAILED, true, 0, 3000}},
         2,
         2000,
         5000,
         1},
        {"skipped by a case that it needs",
         {{SG_STATUS_FAILED, true, 0, 2000}, {SG_STATUS_SKIPPED, true, 0, 3000}},
         2,
         0,
         5000,
         1},
        {"skipped by the machine",
         {{SG_STATUS_PASSED, true, 2000, 2000}, {SG_STATUS_SKIPPED, false, 0, 3000}},
         2,
         2000,
         2000,
         0},
        {"inconclusive",
         {{SG_STATUS_PASSED, true, 2000, 2000}, {SG_STATUS_INCONCLUSIVE, false, 0, 3000}},
         2,
         2000,
         2000,
         0},
        {"an error of the harness is never charged",
         {{SG_STATUS_FAILED, true, 0, 2000}, {SG_STATUS_ERROR, false, 0, 3000}},
         2,
         0,
         2000,
         3},
        {"thirds are thousandths that add up",
         {{SG_STATUS_PASSED, true, 666, 666},
          {SG_STATUS_PASSED, true, 667, 667},
          {SG_STATUS_PASSED, true, 667, 667}},
         3,
         2000,
         2000,
         0},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        int exit_status = -1;
        struct sg_score score = score_of(rows[i].outcomes, rows[i].count, &exit_status);
        cr_expect_eq(score.points, rows[i].points, "%s", rows[i].name);
        cr_expect_eq(score.max_points, rows[i].max_points, "%s", rows[i].name);
        cr_expect_eq(exit_status, rows[i].exit_status, "%s", rows[i].name);
    }
}

Test(score, cases_are_counted_by_their_status)
{
    static const struct outcome outcomes[] = {
        {SG_STATUS_PASSED, true, 1, 1},
        {SG_STATUS_PASSED, true, 1, 1},
        {SG_STATUS_SKIPPED, false, 0, 1},
    };
    int exit_status;
    struct sg_score score = score_of(outcomes, SG_COUNT(outcomes), &exit_status);
    cr_expect_eq(score.by_status[SG_STATUS_PASSED], 2);
    cr_expect_eq(score.by_status[SG_STATUS_SKIPPED], 1);
    cr_expect_eq(score.by_status[SG_STATUS_FAILED], 0);
}
