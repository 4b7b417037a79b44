/* SPDX-License-Identifier: MIT
 * moodle: the points as the grade of an assignment on Moodle, with a feedback comment. Both replace
 * what was there, so that sending them twice does no harm. Its web service answers 200 to
 * everything: what its body says is what counts. */
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "post/comment.h"
#include "post/cut.h"
#include "post/form.h"
#include "post/naming.h"

enum { URL, ASSIGNMENT, TOKEN, USER_BY, POINTS, SETTINGS };
enum { MOST_WORDS = 500 };

static const struct sg_post_setting settings[SETTINGS] = {
    [URL] = {{"SOCKGRADE_MOODLE_URL"},
             .needed = true,
             .is_place = true,
             .help = "the Moodle, as in https://moodle.example.org"},
    [ASSIGNMENT] = {{"SOCKGRADE_MOODLE_ASSIGNMENT"},
                    .needed = true,
                    .is_place = true,
                    .help = "the number of the assignment (its instance, not the id of its page)"},
    [TOKEN] = {{"SOCKGRADE_MOODLE_TOKEN"},
               .secret = true,
               .needed = true,
               .help = "a token for a web service with mod_assign_save_grade"},
    [USER_BY] = {{"SOCKGRADE_MOODLE_USER_BY"},
                 .otherwise = "id",
                 .help = "how it knows a student: id, email, username or idnumber"},
    [POINTS] = {{"SOCKGRADE_MOODLE_POINTS"},
                .help = "what the assignment is worth there, to scale to; else points are sent as "
                        "they are"},
};

/* But for the id, the number of the user is asked for first. */
static const struct sg_post_naming namings[] = {
    {"id", SG_OUTBOX_STUDENT, NULL},
    {"email", SG_OUTBOX_EMAIL, "email"},
    {"username", SG_OUTBOX_LOGIN, "username"},
    {"idnumber", SG_OUTBOX_STUDENT, "idnumber"},
    {NULL, SG_OUTBOX_NOBODY, NULL},
};

static int check(const struct sg_post_settings *values, struct sg_error *err)
{
    if (sg_post_naming_check(namings, values->values[USER_BY], "SOCKGRADE_MOODLE_USER_BY", err) < 0)
        return -1;
    if (sg_grade_check_worth(values->values[POINTS], "SOCKGRADE_MOODLE_POINTS", err) < 0)
        return -1;
    return sg_post_check_url(values, URL, err);
}

static const struct sg_post_naming *naming_of(const struct sg_post_settings *values)
{
    return sg_post_naming_find(namings, values->values[USER_BY]);
}

static enum sg_outbox_person person(const struct sg_post_settings *values)
{
    return sg_post_naming_person(namings, values->values[USER_BY]);
}

static void call(const struct sg_post_job *job, const char *function, struct sg_post_request *ret)
{
    char *const *values = job->settings->values;
    size_t base = strlen(values[URL]);
    while (base && values[URL][base - 1] == '/')
        base--;
    *ret = (struct sg_post_request){
        .method = "POST",
        .url = sg_printf("%.*s/webservice/rest/server.php", (int)base, values[URL]),
    };
    /* In the body, not in the address, which servers write into their logs. */
    sg_form_add_secret(&ret->made, "wstoken", values[TOKEN] ? values[TOKEN] : "", job->preview);
    sg_form_add(&ret->made, "wsfunction", function);
    sg_form_add(&ret->made, "moodlewsrestformat", "json");
    sg_request_header(ret, "Content-Type", sg_strdup("application/x-www-form-urlencoded"));
}

static void ask_for_user(const struct sg_post_job *job, struct sg_post_request *ret)
{
    call(job, "core_user_get_users_by_field", ret);
    sg_form_add(&ret->made, "field", naming_of(job->settings)->there);
    sg_form_add(&ret->made, "values[0]", job->recipient);
    ret->body = sg_bytes_slice(&ret->made);
}

/* All scalar parameters are required. */
static void save_grade(const struct sg_post_job *job, const char *user, struct sg_post_request *ret)
{
    sg_autobytes struct sg_bytes grade = {0}, comment = {0};
    sg_grade_add(job->summary, job->settings->values[POINTS], &grade);
    sg_comment_add(job, false, &comment);
    const char *const parameters[][2] = {
        {"assignmentid", job->settings->values[ASSIGNMENT]},
        {"userid", user},
        {"grade", sg_bytes_text(&grade)},
        {"attemptnumber", "-1"}, /* the newest */
        {"addattempt", "0"},
        {"workflowstate", ""},
        {"applytoall", "0"},
        {"plugindata[assignfeedbackcomments_editor][text]", sg_bytes_text(&comment)},
        {"plugindata[assignfeedbackcomments_editor][format]", "2"}, /* plain text */
    };
    call(job, "mod_assign_save_grade", ret);
    for (size_t i = 0; i < SG_COUNT(parameters); i++)
        sg_form_add(&ret->made, parameters[i][0], parameters[i][1]);
    ret->body = sg_bytes_slice(&ret->made);
}

/* The number of the one user in the answer, which the caller frees; NULL: there is not one. */
static char *found_user(const struct sg_post_answer *answer)
{
    json_t *list = sg_answer_json(answer);
    const json_t *id = json_object_get(json_array_get(list, 0), "id");
    char *user = json_array_size(list) == 1 && json_is_integer(id)
                     ? sg_printf("%lld", (long long)json_integer_value(id))
                     : NULL;
    json_decref(list);
    return user;
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    size_t lookups = naming_of(job->settings)->there ? 1 : 0;
    if (job->step > lookups)
        return SG_POST_DONE;
    if (job->step < lookups) {
        ask_for_user(job, ret);
        return SG_POST_REQUEST;
    }
    sg_autofree char *user = lookups ? found_user(job->answer) : NULL;
    const char *unknown = lookups ? "(the id that it answers)" : job->recipient;
    if (lookups && !user && !job->preview) {
        (void)sg_fail_machine(err, "it answered with a user that has no id");
        return SG_POST_FAILED;
    }
    save_grade(job, user ? user : unknown, ret);
    return SG_POST_REQUEST;
}

/* Errors by their code: those that are about us and not about the result, and those that pass. */
static enum sg_verdict verdict_of(const char *code)
{
    static const struct {
        const char *code;
        enum sg_verdict verdict;
    } rows[] = {
        {"invalidtoken", SG_VERDICT_STOPPED},        {"accessexception", SG_VERDICT_STOPPED},
        {"servicenotavailable", SG_VERDICT_STOPPED}, {"servicerequireslogin", SG_VERDICT_STOPPED},
        {"enablewsdescription", SG_VERDICT_STOPPED}, {"sitemaintenance", SG_VERDICT_AGAIN},
        {"upgraderunning", SG_VERDICT_AGAIN},        {"dmlreadexception", SG_VERDICT_AGAIN},
        {"dmlwriteexception", SG_VERDICT_AGAIN},     {"dbconnectionfailed", SG_VERDICT_AGAIN},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (strcmp(rows[i].code, code) == 0)
            return rows[i].verdict;
    }
    return SG_VERDICT_REFUSED;
}

static void add_shown(struct sg_bytes *out, const char *text)
{
    struct sg_slice words = sg_slice_text(text);
    sg_show(out, words.data, sg_cut_bytes(words, MOST_WORDS));
}

static enum sg_verdict judge_exception(const json_t *said, struct sg_error *err)
{
    const char *code = json_string_value(json_object_get(said, "errorcode"));
    const char *words = json_string_value(json_object_get(said, "message"));
    const char *detail = json_string_value(json_object_get(said, "debuginfo"));
    sg_autobytes struct sg_bytes shown = {0};
    add_shown(&shown, code ? code : "?");
    sg_bytes_add_text(&shown, ": \"");
    add_shown(&shown, words ? words : "");
    sg_bytes_add_text(&shown, "\"");
    if (detail) {
        sg_bytes_add_text(&shown, " (");
        add_shown(&shown, detail);
        sg_bytes_add_text(&shown, ")");
    }
    (void)sg_fail_machine(err, "it answered 200 with the error %s", sg_bytes_text(&shown));
    return verdict_of(code ? code : "");
}

static enum sg_verdict judge_lookup(const struct sg_post_job *job, const json_t *said,
                                    struct sg_error *err)
{
    if (json_array_size(said) == 1)
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it knows %zu users whose %s is '%s'", json_array_size(said),
                          naming_of(job->settings)->there, job->recipient);
    return SG_VERDICT_REFUSED;
}

static enum sg_verdict judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err)
{
    enum sg_verdict verdict = SG_VERDICT_STOPPED;
    bool is_lookup = job->step == 0 && naming_of(job->settings)->there;
    json_t *said = sg_answer_json(answer);
    if (json_is_object(said) && json_object_get(said, "exception"))
        verdict = judge_exception(said, err);
    else if (is_lookup && json_is_array(said))
        verdict = judge_lookup(job, said, err);
    else if (!is_lookup && json_is_null(said))
        verdict = SG_VERDICT_TAKEN;
    else
        (void)sg_fail_machine(err, "it answered %d, but not as Moodle's web service does",
                              answer->status);
    json_decref(said);
    return verdict;
}

const struct sg_post_target sg_post_moodle = {
    .name = "moodle",
    .help = "the points as a grade on Moodle, with a feedback comment",
    .settings = settings,
    .setting_count = SETTINGS,
    .is_grade = true,
    .check = check,
    .next = next,
    .judge = judge,
    .person = person,
};
