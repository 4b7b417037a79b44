/* SPDX-License-Identifier: MIT
 * github-status: the sum of a result as the status of a commit. A status replaces the one before it in
 * the same context, so that posting twice does no harm. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/table.h"
#include "post/cut.h"
#include "post/target.h"

enum { API, REPOSITORY, COMMIT, TOKEN, REPORT_URL, SERVER_URL, RUN_ID, SETTINGS };
enum { MOST_DESCRIPTION = 140, MOST_CONTEXT = 255 };

static const struct sg_post_setting settings[SETTINGS] = {
    [API] = {{"GITHUB_API_URL"}, .otherwise = "https://api.github.com", .help = "the API"},
    [REPOSITORY] = {{"SOCKGRADE_GITHUB_REPOSITORY", "GITHUB_REPOSITORY"},
                    .needed = true,
                    .help = "OWNER/NAME"},
    [COMMIT] = {{"SOCKGRADE_GITHUB_SHA", "GITHUB_SHA"},
                .needed = true,
                .help = "the commit, in full"},
    [TOKEN] = {{"SOCKGRADE_GITHUB_TOKEN", "GITHUB_TOKEN"},
               .secret = true,
               .needed = true,
               .help = "a token with the permission 'statuses: write'"},
    [REPORT_URL] = {{"SOCKGRADE_REPORT_URL"},
                    .help = "the page that the status links to; else the run of GitHub Actions"},
    [SERVER_URL] = {{"GITHUB_SERVER_URL"}, .help = "set by GitHub Actions, with the next"},
    [RUN_ID] = {{"GITHUB_RUN_ID"}, .help = "set by GitHub Actions"},
};

static const struct sg_post_hint hints[] = {
    {401, "the token is wrong or has expired"},
    {403, "the token needs the permission 'statuses: write'"},
    {404, "there is no such repository, or the token may not see it"},
    {422, "the repository has no such commit, or that has 1000 statuses already"},
    {0, NULL},
};

static const char name_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

/* A name that cannot be anything but one segment of a path. */
static bool is_name(const char *text, size_t length)
{
    return length > 0 && strspn(text, name_characters) >= length && text[0] != '.';
}

static bool is_repository(const char *text)
{
    size_t owner = strcspn(text, "/");
    return text[owner] && is_name(text, owner) &&
           is_name(text + owner + 1, strlen(text + owner + 1));
}

static bool is_commit(const char *text)
{
    size_t length = strlen(text);
    return (length == 40 || length == 64) && strspn(text, "0123456789abcdefABCDEF") == length;
}

static bool is_page(const char *text)
{
    return strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
}

static int check(const struct sg_post_settings *values, struct sg_error *err)
{
    if (!is_repository(values->values[REPOSITORY]))
        return sg_fail(err, "GITHUB_REPOSITORY takes OWNER/NAME, found '%s'",
                       values->values[REPOSITORY]);
    if (!is_commit(values->values[COMMIT]))
        return sg_fail(err, "GITHUB_SHA takes the 40 or 64 digits of a commit, found '%s'",
                       values->values[COMMIT]);
    if (values->values[REPORT_URL] && !is_page(values->values[REPORT_URL]))
        return sg_fail(err, "SOCKGRADE_REPORT_URL takes a URL with https:// or http://");
    return sg_post_check_url(values, API, err);
}

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

/* Where the status links to, which the caller frees; NULL: nowhere. */
static char *page(const struct sg_post_settings *values)
{
    const char *report = values->values[REPORT_URL], *server = values->values[SERVER_URL];
    const char *run = values->values[RUN_ID];
    if (report)
        return sg_strdup(report);
    if (!server || !run || !is_page(server))
        return NULL;
    return sg_printf("%s/%s/actions/runs/%s", server, values->values[REPOSITORY], run);
}

static int make_body(const struct sg_post_job *job, struct sg_bytes *out, struct sg_error *err)
{
    sg_autofree char *description = describe(job->summary);
    sg_autofree char *in = context(job->summary);
    sg_autofree char *to = page(job->settings);
    json_t *object = json_pack("{s:s, s:s, s:s, s:s*}", "state", state(job->summary), "context", in,
                               "description", description, "target_url", to);
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    if (!text)
        return sg_fail_machine(err, "a status cannot be written as JSON");
    sg_bytes_add_text(out, text);
    free(text);
    return 0;
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    char *const *values = job->settings->values;
    if (job->step)
        return SG_POST_DONE;
    size_t api = strlen(values[API]);
    while (api && values[API][api - 1] == '/')
        api--;
    *ret = (struct sg_post_request){
        .method = "POST",
        .url = sg_printf("%.*s/repos/%s/statuses/%s", (int)api, values[API], values[REPOSITORY],
                         values[COMMIT]),
    };
    if (make_body(job, &ret->made, err) < 0)
        return SG_POST_FAILED;
    ret->body = sg_bytes_slice(&ret->made);
    sg_request_header(ret, "Content-Type", sg_strdup("application/json"));
    sg_request_header(ret, "Accept", sg_strdup("application/vnd.github+json"));
    sg_request_header(ret, "X-GitHub-Api-Version", sg_strdup("2022-11-28"));
    sg_request_secret_header(ret, "Authorization",
                             sg_printf("Bearer %s", job->preview ? "" : values[TOKEN]));
    return SG_POST_REQUEST;
}

/* A page of something in between may say 200 to anything; a status was made where the answer is 201
 * and tells of it. */
static int judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                 struct sg_error *err)
{
    (void)job;
    json_t *object = json_loadb((const char *)answer->body.data, answer->body.length, 0, NULL);
    bool tells = json_is_string(json_object_get(object, "state"));
    json_decref(object);
    if (answer->status == 201 && tells)
        return 0;
    return sg_fail_machine(err, "it answered %d, but with no status of a commit", answer->status);
}

const struct sg_post_target sg_post_github_status = {
    .name = "github-status",
    .help = "the sum as the status of a commit on GitHub",
    .settings = settings,
    .setting_count = SETTINGS,
    .pace_ns = SG_NS_PER_S, /* GitHub asks for a second between two writes */
    .hints = hints,
    .check = check,
    .next = next,
    .judge = judge,
};
