/* SPDX-License-Identifier: MIT
 * lti: the points as a score of the Assignment and Grade Services of LTI 1.3.
 *
 * Who we are is shown with a signed statement (statement.c), for which the platform gives a token
 * that is good for some time. A platform knows scores by their time: the same result is sent with
 * the same one, and an older is refused. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/table.h"
#include "post/comment.h"
#include "post/form.h"
#include "post/naming.h"
#include "post/statement.h"

enum { LINE_ITEM, TOKEN_URL, CLIENT_ID, KEY, KEY_ID, AUDIENCE, USER_BY, SETTINGS };

static const struct sg_post_setting settings[SETTINGS] = {
    [LINE_ITEM] = {{"SOCKGRADE_LTI_LINE_ITEM"},
                   .needed = true,
                   .is_place = true,
                   .help = "the URL of the line item, without /scores"},
    [TOKEN_URL] = {{"SOCKGRADE_LTI_TOKEN_URL"},
                   .needed = true,
                   .help = "where the platform gives access tokens"},
    [CLIENT_ID] = {{"SOCKGRADE_LTI_CLIENT_ID"},
                   .needed = true,
                   .help = "what the platform knows the tool by"},
    [KEY] = {{"SOCKGRADE_LTI_KEY"},
             .secret = true,
             .has_lines = true,
             .needed = true,
             .help = "the tool's private RSA key (PEM, without a passphrase)"},
    [KEY_ID] = {{"SOCKGRADE_LTI_KEY_ID"}, .help = "its name ('kid') in the tool's public key set"},
    [AUDIENCE] = {{"SOCKGRADE_LTI_AUDIENCE"},
                  .help = "for whom the statement is, where that is not the URL for tokens"},
    [USER_BY] = {{"SOCKGRADE_LTI_USER_BY"},
                 .otherwise = "id",
                 .help = "which of a student's names is the LTI user id: id, email or login"},
};

static const struct sg_post_naming namings[] = {
    {"id", SG_OUTBOX_STUDENT, NULL},
    {"email", SG_OUTBOX_EMAIL, NULL},
    {"login", SG_OUTBOX_LOGIN, NULL},
    {NULL, SG_OUTBOX_NOBODY, NULL},
};

static const struct sg_post_hint hints[] = {
    {401, "the platform does not know the key, the client id, or the token any more"},
    {403, "the tool has not the right to post scores there"},
    {404, "there is no such line item, or no such user in it"},
    {0, NULL},
};

static const char scope[] = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

static int check(const struct sg_post_settings *values, struct sg_error *err)
{
    const char *key = values->values[KEY];
    if (sg_post_naming_check(namings, values->values[USER_BY], "SOCKGRADE_LTI_USER_BY", err) < 0)
        return -1;
    if (key && sg_statement_check_key(key, err) < 0)
        return sg_error_add(err, "SOCKGRADE_LTI_KEY");
    return sg_post_check_url(values, LINE_ITEM, err) < 0
               ? -1
               : sg_post_check_url(values, TOKEN_URL, err);
}

static enum sg_outbox_person person(const struct sg_post_settings *values)
{
    return sg_post_naming_person(namings, values->values[USER_BY]);
}

static int64_t now_ms(void)
{
    return (int64_t)time(NULL) * 1000;
}

/* ---- the token ---- */

static int ask_for_token(const struct sg_post_job *job, struct sg_post_request *ret,
                         struct sg_error *err)
{
    char *const *values = job->settings->values;
    char *statement = NULL;
    const struct sg_statement about = {
        .client = values[CLIENT_ID],
        .audience = values[AUDIENCE] ? values[AUDIENCE] : values[TOKEN_URL],
        .key = values[KEY],
        .key_id = values[KEY_ID],
    };
    if (!job->preview && sg_statement_make(&about, time(NULL), &statement, err) < 0)
        return -1;
    *ret = (struct sg_post_request){.method = "POST", .url = sg_strdup(values[TOKEN_URL])};
    sg_form_add(&ret->made, "grant_type", "client_credentials");
    sg_form_add(&ret->made, "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    sg_form_add(&ret->made, "scope", scope);
    sg_form_add_secret(&ret->made, "client_assertion", statement ? statement : "", job->preview);
    free(statement);
    ret->body = sg_bytes_slice(&ret->made);
    sg_request_header(ret, "Content-Type", sg_strdup("application/x-www-form-urlencoded"));
    sg_request_header(ret, "Accept", sg_strdup("application/json"));
    return 0;
}

/* Half of the time that it is good for: clocks differ, and the score has to get there. */
static void learn_token(const struct sg_post_job *job)
{
    json_t *answer = sg_answer_json(job->answer);
    const char *token = json_string_value(json_object_get(answer, "access_token"));
    json_int_t lasts_s = json_integer_value(json_object_get(answer, "expires_in"));
    if (token)
        sg_settings_learn(job->settings, sg_strdup(token), now_ms() + lasts_s * 500);
    json_decref(answer);
}

/* ---- the score ---- */

/* Where scores go: a line item may have a query, as Moodle's have. */
static char *scores_url(const char *line_item)
{
    size_t path = strcspn(line_item, "?"), end = path;
    while (end && line_item[end - 1] == '/')
        end--;
    return sg_printf("%.*s/scores%s", (int)end, line_item, line_item + path);
}

static char *timestamp(int64_t ms)
{
    char text[32];
    time_t seconds = (time_t)(ms / 1000);
    struct tm utc;
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", gmtime_r(&seconds, &utc));
    return sg_printf("%s.%03dZ", text, (int)(ms % 1000));
}

static json_t *number(int64_t thousandths)
{
    return thousandths % 1000 ? json_real((double)thousandths / 1e3)
                              : json_integer(thousandths / 1000);
}

static json_t *score(const struct sg_post_job *job)
{
    sg_autobytes struct sg_bytes comment = {0};
    sg_autofree char *at = timestamp(job->date_ms);
    sg_comment_add(job, false, &comment);
    /* Without the last, Canvas takes each score for one more submission of the student. */
    return json_pack("{s:s, s:o, s:o, s:s, s:s, s:s, s:s, s:{s:b}}", "userId", job->recipient,
                     "scoreGiven", number(job->summary->points), "scoreMaximum",
                     number(job->summary->max_points), "comment", sg_bytes_text(&comment),
                     "timestamp", at, "activityProgress", "Completed", "gradingProgress",
                     "FullyGraded", "https://canvas.instructure.com/lti/submission",
                     "new_submission", 0);
}

static int send_score(const struct sg_post_job *job, struct sg_post_request *ret,
                      struct sg_error *err)
{
    const char *token = job->preview ? "" : job->settings->learned;
    *ret = (struct sg_post_request){
        .method = "POST",
        .url = scores_url(job->settings->values[LINE_ITEM]),
    };
    if (sg_post_json(score(job), &ret->made, err) < 0)
        return -1;
    ret->body = sg_bytes_slice(&ret->made);
    sg_request_header(ret, "Content-Type", sg_strdup("application/vnd.ims.lis.v1.score+json"));
    sg_request_secret_header(ret, "Authorization", sg_printf("Bearer %s", token));
    return 0;
}

/* The steps: a token where there is none, and the score. Whether there is one tells them apart. */
static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    struct sg_post_settings *values = job->settings;
    if (job->step == 0 && (!values->learned || values->until_ms <= now_ms())) {
        sg_settings_learn(values, NULL, 0);
        return ask_for_token(job, ret, err) < 0 ? SG_POST_FAILED : SG_POST_REQUEST;
    }
    if (job->preview ? job->step == 2 : job->step > 0 && values->learned)
        return SG_POST_DONE;
    if (job->step > 0)
        learn_token(job);
    return send_score(job, ret, err) < 0 ? SG_POST_FAILED : SG_POST_REQUEST;
}

static enum sg_verdict judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err)
{
    if (job->settings->learned)
        return SG_VERDICT_TAKEN; /* a score: its status says all */
    json_t *said = sg_answer_json(answer);
    bool tells = json_is_string(json_object_get(said, "access_token"));
    json_decref(said);
    if (tells)
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it answered %d, but with no access token", answer->status);
    return SG_VERDICT_STOPPED;
}

const struct sg_post_target sg_post_lti = {
    .name = "lti",
    .help = "the points as a score of LTI 1.3 (AGS)",
    .settings = settings,
    .setting_count = SETTINGS,
    .is_grade = true,
    .starts_over = true, /* a statement is good for one request */
    .hints = hints,
    .check = check,
    .next = next,
    .judge = judge,
    .person = person,
};
