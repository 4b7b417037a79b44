/* SPDX-License-Identifier: MIT
 * canvas: the points as the grade of an assignment on Canvas, with a comment.
 *
 * There a grade replaces the one before it, but each comment is one more. So what is there is read
 * first, each time that it is not known what became of a request: where a comment holds our key it
 * has arrived, and only a grade that is not ours is sent again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/table.h"
#include "post/comment.h"
#include "post/form.h"
#include "post/naming.h"

enum { URL, COURSE, ASSIGNMENT, TOKEN, USER_BY, POINTS, SETTINGS };

static const struct sg_post_setting settings[SETTINGS] = {
    [URL] = {{"SOCKGRADE_CANVAS_URL"},
             .needed = true,
             .is_place = true,
             .help = "the Canvas, as in https://canvas.example.org"},
    [COURSE] = {{"SOCKGRADE_CANVAS_COURSE"},
                .needed = true,
                .is_place = true,
                .help = "the number of the course, or sis_course_id:…"},
    [ASSIGNMENT] = {{"SOCKGRADE_CANVAS_ASSIGNMENT"},
                    .needed = true,
                    .is_place = true,
                    .help = "the number of the assignment"},
    [TOKEN] = {{"SOCKGRADE_CANVAS_TOKEN"},
               .secret = true,
               .needed = true,
               .help = "an access token of somebody who may grade there"},
    [USER_BY] = {{"SOCKGRADE_CANVAS_USER_BY"},
                 .otherwise = "id",
                 .help = "how it knows a student: id, sis_user_id or sis_login_id"},
    [POINTS] = {{"SOCKGRADE_CANVAS_POINTS"},
                .help = "what the assignment is worth there, to scale to; else points are sent as "
                        "they are"},
};

static const struct sg_post_naming namings[] = {
    {"id", SG_OUTBOX_STUDENT, ""},
    {"sis_user_id", SG_OUTBOX_STUDENT, "sis_user_id:"},
    {"sis_login_id", SG_OUTBOX_LOGIN, "sis_login_id:"},
    {NULL, SG_OUTBOX_NOBODY, NULL},
};

static const struct sg_post_hint hints[] = {
    {401, "the token is wrong or has expired"},
    {403, "its owner may not grade there, or the assignment is moderated and not published"},
    {404, "there is no such course, assignment or student, or the token may not see it"},
    {0, NULL},
};

static int check(const struct sg_post_settings *values, struct sg_error *err)
{
    if (sg_post_naming_check(namings, values->values[USER_BY], "SOCKGRADE_CANVAS_USER_BY", err) < 0)
        return -1;
    if (sg_grade_check_worth(values->values[POINTS], "SOCKGRADE_CANVAS_POINTS", err) < 0)
        return -1;
    return sg_post_check_url(values, URL, err);
}

static enum sg_outbox_person person(const struct sg_post_settings *values)
{
    return sg_post_naming_person(namings, values->values[USER_BY]);
}

/* The address of a submission there, which the caller frees. */
static char *address_of(const struct sg_post_job *job)
{
    char *const *values = job->settings->values;
    const char *prefix = sg_post_naming_find(namings, values[USER_BY])->there;
    struct sg_bytes url = {0};
    sg_autofree char *user = sg_printf("%s%s", prefix, job->recipient);
    const char *const parts[] = {"/api/v1/courses/", values[COURSE],  "/assignments/",
                                 values[ASSIGNMENT], "/submissions/", user};
    sg_bytes_add_text(&url, values[URL]);
    while (url.length && url.data[url.length - 1] == '/')
        url.length--;
    for (size_t i = 0; i < SG_COUNT(parts); i++) {
        if (i % 2)
            sg_percent_add(&url, parts[i]);
        else
            sg_bytes_add_text(&url, parts[i]);
    }
    return sg_bytes_take_text(&url);
}

static void authorize(const struct sg_post_job *job, struct sg_post_request *request)
{
    const char *token = job->preview ? "" : job->settings->values[TOKEN];
    sg_request_header(request, "Accept", sg_strdup("application/json"));
    sg_request_secret_header(request, "Authorization", sg_printf("Bearer %s", token));
}

static bool has_comment(const json_t *there, const char *mark)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(there, "submission_comments"), index, one)
    {
        const char *text = json_string_value(json_object_get(one, "comment"));
        if (text && strstr(text, mark))
            return true;
    }
    return false;
}

/* What was entered is not what a penalty for lateness has left of it. */
static bool has_grade(const json_t *there, const char *grade)
{
    const json_t *entered = json_object_get(there, "entered_score");
    const json_t *score = json_is_number(entered) ? entered : json_object_get(there, "score");
    int64_t thousandths;
    return json_is_number(score) && sg_thousandths_parse(grade, &thousandths) &&
           llround(json_number_value(score) * 1000) == thousandths;
}

static void ask(const struct sg_post_job *job, struct sg_post_request *ret)
{
    sg_autofree char *address = address_of(job);
    *ret = (struct sg_post_request){
        .method = "GET",
        .url = sg_printf("%s?include%%5B%%5D=submission_comments", address),
    };
    authorize(job, ret);
}

/* What is missing there, of grade and comment; false where nothing is. */
static bool send_rest(const struct sg_post_job *job, struct sg_post_request *ret)
{
    sg_autofree char *mark = sg_comment_mark(job);
    sg_autobytes struct sg_bytes grade = {0}, comment = {0};
    json_t *there = sg_answer_json(job->answer);
    sg_grade_add(job->summary, job->settings->values[POINTS], &grade);
    bool commented = has_comment(there, mark), graded = has_grade(there, sg_bytes_text(&grade));
    json_decref(there);
    if (commented && graded)
        return false;
    *ret = (struct sg_post_request){.method = "PUT", .url = address_of(job)};
    sg_form_add(&ret->made, "submission[posted_grade]", sg_bytes_text(&grade));
    sg_form_add(&ret->made, "prefer_points_over_scheme", "true");
    if (!commented) {
        sg_comment_add(job, true, &comment);
        sg_form_add(&ret->made, "comment[text_comment]", sg_bytes_text(&comment));
    }
    ret->body = sg_bytes_slice(&ret->made);
    sg_request_header(ret, "Content-Type", sg_strdup("application/x-www-form-urlencoded"));
    authorize(job, ret);
    return true;
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    (void)err;
    if (job->step == 2)
        return SG_POST_DONE;
    if (job->step == 0) {
        ask(job, ret);
        return SG_POST_REQUEST;
    }
    return send_rest(job, ret) ? SG_POST_REQUEST : SG_POST_DONE;
}

/* Both answers are the submission; a page to log in comes with 200 as well. Whoever is not shown
 * the comments cannot know whether one is there. */
static enum sg_verdict judge(const struct sg_post_job *job, const struct sg_post_answer *answer,
                             struct sg_error *err)
{
    json_t *there = sg_answer_json(answer);
    bool tells = json_is_object(there) && json_object_get(there, "user_id");
    bool shows = json_is_array(json_object_get(there, "submission_comments"));
    json_decref(there);
    if (tells && (shows || job->step > 0))
        return SG_VERDICT_TAKEN;
    (void)sg_fail_machine(err, "it answered %d, but with no submission of Canvas%s", answer->status,
                          tells ? " that shows its comments" : "");
    return SG_VERDICT_STOPPED;
}

const struct sg_post_target sg_post_canvas = {
    .name = "canvas",
    .help = "the points as a grade on Canvas, with a comment",
    .settings = settings,
    .setting_count = SETTINGS,
    .is_grade = true,
    .starts_over = true,
    .hints = hints,
    .check = check,
    .next = next,
    .judge = judge,
    .person = person,
};
