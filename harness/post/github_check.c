/* SPDX-License-Identifier: MIT
 * github-check: a result as a check run of a commit, each failure at the line that it is about.
 *
 * GitHub takes 50 annotations in a request and adds those of the next to them, so that nothing may
 * be sent twice. The key is the run's external id: whether there is such a run, and how many
 * annotations it has, is read first, each time that it is not known what became of a request; what
 * is there already is not sent again. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "post/annotate.h"
#include "post/cut.h"
#include "post/form.h"
#include "post/github.h"
#include "report/told.h"

enum { MOST_AT_ONCE = 50, RUNS_ON_PAGE = 30, MOST_SUMMARY = 60000, MOST_NAME = 200 };

static const struct sg_post_setting settings[SG_GITHUB_SETTINGS] = {
    SG_GITHUB_ROWS("checks: write"),
};

static const struct sg_post_hint hints[] = {
    {401, "the token is wrong or has expired"},
    {403, "only a GitHub App, or the token of GitHub Actions with 'checks: write', may do this: "
          "github-status is for all others"},
    {404, "there is no such repository, or the token may not see it"},
    {422, "the repository has no such commit"},
    {0, NULL},
};

static char *name_of(const struct sg_run_summary *summary)
{
    struct sg_bytes text = {0};
    sg_bytes_printf(&text, "sockgrade/%s", summary->assignment);
    text.data[text.length = sg_cut_bytes(sg_bytes_slice(&text), MOST_NAME)] = 0;
    return sg_bytes_take_text(&text);
}

static const char *conclusion(const struct sg_run_summary *summary)
{
    if (summary->errors)
        return "neutral";
    return summary->failed || summary->points < summary->max_points ? "failure" : "success";
}

/* ---- what is there ---- */

static void ask(const struct sg_post_job *job, size_t page, struct sg_post_request *ret)
{
    sg_autofree char *name = name_of(job->summary);
    sg_autobytes struct sg_bytes safe = {0};
    sg_percent_add(&safe, name);
    sg_github_request(
        job, "GET", ret, "/commits/%s/check-runs?check_name=%s&filter=all&per_page=%d&page=%zu",
        job->settings->values[SG_GITHUB_COMMIT], sg_bytes_text(&safe), RUNS_ON_PAGE, page);
}

/* How far it has come. */
struct progress {
    bool asked, more; /* what is there is known; it may be on the next page */
    bool ended;
    json_int_t id; /* of the run; 0: there is none yet */
    size_t sent;   /* annotations */
};

static void look_at_run(const json_t *run, struct progress *ret)
{
    const json_t *count = json_object_get(json_object_get(run, "output"), "annotations_count");
    const char *status = json_string_value(json_object_get(run, "status"));
    ret->id = json_integer_value(json_object_get(run, "id"));
    ret->sent = (size_t)json_integer_value(count);
    ret->ended = status && strcmp(status, "completed") == 0;
}

static void look_at_list(const json_t *runs, const char *key, struct progress *ret)
{
    size_t index;
    json_t *run;
    json_array_foreach(runs, index, run)
    {
        const char *id = json_string_value(json_object_get(run, "external_id"));
        if (id && strcmp(id, key) == 0)
            look_at_run(run, ret);
    }
    ret->more = !ret->id && json_array_size(runs) == RUNS_ON_PAGE;
}

static void look(const struct sg_post_job *job, struct progress *ret)
{
    json_t *answer = job->step ? sg_answer_json(job->answer) : NULL;
    const json_t *runs = json_object_get(answer, "check_runs");
    *ret = (struct progress){.asked = job->step > 0};
    if (runs)
        look_at_list(runs, job->key, ret);
    else if (answer)
        look_at_run(answer, ret);
    /* What was taken a moment ago may not have been counted yet. */
    ret->sent = ret->sent > *job->count ? ret->sent : *job->count;
    json_decref(answer);
}

/* ---- what is sent ---- */

static char *summary_of(const struct sg_run *run)
{
    struct sg_bytes text = {0}, plain = {0};
    const struct sg_report_options options = {.for_student = true, .language = "en"};
    sg_write_github_summary(run, &options, &text);
    sg_annotate_plain(&plain, sg_bytes_text(&text), MOST_SUMMARY);
    sg_bytes_done(&text);
    return sg_bytes_take_text(&plain);
}

/* Takes `annotations` over. */
static json_t *output_of(const struct sg_run *run, json_t *annotations)
{
    sg_autofree char *summary = summary_of(run);
    sg_autofree char *title = sg_told_sum(run);
    return json_pack("{s:s, s:s, s:o}", "title", title, "summary", summary, "annotations",
                     annotations);
}

static json_t *body_of(const struct sg_post_job *job, const struct progress *progress,
                       const struct sg_run *run)
{
    sg_autofree char *name = name_of(job->summary), *page = sg_github_page(job->settings);
    json_t *annotations = json_array();
    size_t all = sg_annotate(run, progress->sent, MOST_AT_ONCE, annotations);
    *job->count = progress->sent + json_array_size(annotations);
    bool is_last = *job->count >= all;
    json_t *body = json_pack("{s:s, s:s*, s:s*, s:o}", "external_id", job->key, "details_url", page,
                             "conclusion", is_last ? conclusion(job->summary) : NULL, "output",
                             output_of(run, annotations));
    /* With a conclusion it is completed, whatever the status says; without one it is not yet. */
    json_object_set_new(body, "status", json_string(is_last ? "completed" : "in_progress"));
    json_object_set_new(body, "name", json_string(name));
    if (!progress->id)
        json_object_set_new(body, "head_sha", json_string(job->settings->values[SG_GITHUB_COMMIT]));
    return body;
}

static int send_part(const struct sg_post_job *job, const struct progress *progress,
                     struct sg_post_request *ret, struct sg_error *err)
{
    struct sg_run run = {0};
    if (sg_run_from_json(job->result, &run, err) < 0)
        return -1;
    if (progress->id)
        sg_github_request(job, "PATCH", ret, "/check-runs/%lld", (long long)progress->id);
    else
        sg_github_request(job, "POST", ret, "/check-runs");
    int failed = sg_post_json(body_of(job, progress, &run), &ret->made, err);
    sg_run_done(&run);
    ret->body = sg_bytes_slice(&ret->made);
    return failed;
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    struct progress progress;
    look(job, &progress);
    if (!progress.asked || progress.more) {
        ask(job, job->step + 1, ret);
        return SG_POST_REQUEST;
    }
    if (progress.ended || (job->preview && job->step == 2))
        return SG_POST_DONE;
    return send_part(job, &progress, ret, err) < 0 ? SG_POST_FAILED : SG_POST_REQUEST;
}

static enum sg_verdict judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err)
{
    (void)job;
    json_t *said = sg_answer_json(answer);
    bool tells = json_is_array(json_object_get(said, "check_runs")) ||
                 (json_is_integer(json_object_get(said, "id")) && json_object_get(said, "status"));
    json_decref(said);
    if (tells)
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it answered %d, but with no check run", answer->status);
    return SG_VERDICT_STOPPED;
}

const struct sg_post_target sg_post_github_check = {
    .name = "github-check",
    .help = "a check run on GitHub, failures at their lines",
    .settings = settings,
    .setting_count = SG_GITHUB_SETTINGS,
    .pace_ns = SG_NS_PER_S, /* GitHub asks for a second between two writes */
    .starts_over = true,
    .hints = hints,
    .check = sg_github_check,
    .next = next,
    .judge = judge,
};
