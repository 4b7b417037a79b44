/* SPDX-License-Identifier: MIT
 * github-status: the sum of a result as the status of a commit. A status replaces the one before it
 * in the same context, so that posting twice does no harm. */
#include <jansson.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/number.h"
#include "post/cut.h"
#include "post/form.h"
#include "post/github.h"

enum { MOST_DESCRIPTION = 140, MOST_CONTEXT = 255 };

static const struct sg_post_setting settings[SG_GITHUB_SETTINGS] = {
    SG_GITHUB_ROWS("statuses: write"),
};

static const struct sg_post_hint hints[] = {
    {401, "the token is wrong or has expired"},
    {403, "the token needs the permission 'statuses: write'"},
    {404, "there is no such repository, or the token may not see it"},
    {422, "the repository has no such commit, or that has 1000 statuses already"},
    {0, NULL},
};

/* "success", "failure" where the submission failed, "error" where the grader did. */
static const char *state(const struct sg_run_summary *summary)
{
    if (summary->errors)
        return "error";
    return summary->failed || summary->points < summary->max_points ? "failure" : "success";
}

static void add_count(struct sg_bytes *out, size_t count, const char *what)
{
    if (count)
        sg_bytes_printf(out, ", %zu case%s %s", count, count == 1 ? "" : "s", what);
}

static char *describe(const struct sg_run_summary *summary)
{
    struct sg_bytes text = {0};
    sg_thousandths_print(&text, summary->points);
    sg_bytes_add_text(&text, " of ");
    sg_thousandths_print(&text, summary->max_points);
    sg_bytes_add_text(&text, " points");
    add_count(&text, summary->failed, "failed");
    add_count(&text, summary->errors, "could not be graded");
    text.data[text.length = sg_cut_characters(sg_bytes_slice(&text), MOST_DESCRIPTION)] = 0;
    return sg_bytes_take_text(&text);
}

static char *context(const struct sg_run_summary *summary)
{
    struct sg_bytes text = {0};
    sg_bytes_printf(&text, "sockgrade/%s", summary->assignment);
    text.data[text.length = sg_cut_characters(sg_bytes_slice(&text), MOST_CONTEXT)] = 0;
    return sg_bytes_take_text(&text);
}

static int make_body(const struct sg_post_job *job, struct sg_bytes *out, struct sg_error *err)
{
    sg_autofree char *description = describe(job->summary);
    sg_autofree char *in = context(job->summary);
    sg_autofree char *to = sg_github_page(job->settings);
    json_t *object = json_pack("{s:s, s:s, s:s, s:s*}", "state", state(job->summary), "context", in,
                               "description", description, "target_url", to);
    return sg_post_json(object, out, err);
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    if (job->step)
        return SG_POST_DONE;
    sg_github_request(job, "POST", ret, "/statuses/%s", job->settings->values[SG_GITHUB_COMMIT]);
    if (make_body(job, &ret->made, err) < 0)
        return SG_POST_FAILED;
    ret->body = sg_bytes_slice(&ret->made);
    return SG_POST_REQUEST;
}

/* A page of something in between may say 200 to anything; a status was made where the answer is 201
 * and tells of it. */
static enum sg_verdict judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err)
{
    (void)job;
    json_t *object = json_loadb((const char *)answer->body.data, answer->body.length, 0, NULL);
    bool tells = json_is_string(json_object_get(object, "state"));
    json_decref(object);
    if (answer->status == 201 && tells)
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it answered %d, but with no status of a commit", answer->status);
    return SG_VERDICT_REFUSED;
}

const struct sg_post_target sg_post_github_status = {
    .name = "github-status",
    .help = "the sum as the status of a commit on GitHub",
    .settings = settings,
    .setting_count = SG_GITHUB_SETTINGS,
    .pace_ns = SG_NS_PER_S, /* GitHub asks for a second between two writes */
    .hints = hints,
    .check = sg_github_check,
    .next = next,
    .judge = judge,
};
