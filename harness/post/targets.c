/* SPDX-License-Identifier: MIT
 * The table of targets, and what can be said of each without posting anything. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/table.h"
#include "post/library.h"
#include "post/post.h"
#include "post/sign.h"
#include "post/target.h"
#include "post/url.h"

const struct sg_post_target *const sg_post_targets[] = {
    &sg_post_webhook, &sg_post_github_status, &sg_post_github_check,
    &sg_post_canvas,  &sg_post_moodle,        &sg_post_lti,
};

const size_t sg_post_target_count = SG_COUNT(sg_post_targets);

const struct sg_post_setting sg_post_common[SG_POST_COMMON] = {
    [SG_POST_DEADLINE] = {{"SOCKGRADE_POST_DEADLINE"},
                          .otherwise = "120s",
                          .help = "how long to keep trying for one result, all waits counted"},
    [SG_POST_FIRST_WAIT] = {{"SOCKGRADE_POST_FIRST_WAIT"},
                            .otherwise = "1s",
                            .help = "the wait before the second attempt; it doubles up to 30s"},
    [SG_POST_CA_FILE] = {{"SOCKGRADE_CA_FILE"},
                         .help = "certificates (PEM) to trust instead of the system's"},
};

const struct sg_post_target *sg_post_target_find(const char *name)
{
    for (size_t i = 0; i < sg_post_target_count; i++) {
        if (strcmp(sg_post_targets[i]->name, name) == 0)
            return sg_post_targets[i];
    }
    return NULL;
}

void sg_post_target_names(struct sg_bytes *out)
{
    for (size_t i = 0; i < sg_post_target_count; i++)
        sg_bytes_printf(out, "%s%s", i ? ", " : "", sg_post_targets[i]->name);
}

void sg_post_help(struct sg_bytes *out)
{
    sg_bytes_add_text(out, "targets, and the environment variables that configure them\n");
    for (size_t i = 0; i < sg_post_target_count; i++) {
        const struct sg_post_target *target = sg_post_targets[i];
        sg_bytes_printf(out, "\n  %s: %s\n\n", target->name, target->help);
        sg_settings_help(target->settings, target->setting_count, out);
    }
    sg_bytes_add_text(out, "\n  all of them:\n\n");
    sg_settings_help(sg_post_common, SG_POST_COMMON, out);
}

void sg_post_forget_secrets(void)
{
    for (size_t i = 0; i < sg_post_target_count; i++)
        sg_settings_forget(sg_post_targets[i]->settings, sg_post_targets[i]->setting_count);
}

int sg_post_check_url(const struct sg_post_settings *settings, size_t row, struct sg_error *err)
{
    struct sg_url url;
    int failed = sg_url_parse(settings->values[row], &url, err);
    sg_url_done(&url);
    return failed ? sg_error_add(err, "%s", settings->rows[row].variables[0]) : 0;
}

static int preview(const struct sg_post_target *target, struct sg_post_job *job,
                   struct sg_bytes *out, struct sg_error *err)
{
    const struct sg_post_answer none = {0};
    for (;; job->step++, job->answer = &none) {
        struct sg_post_request request = {0};
        enum sg_post_next next = target->next(job, &request, err);
        if (next == SG_POST_REQUEST)
            sg_request_show(&request, out);
        sg_request_done(&request);
        if (next != SG_POST_REQUEST)
            return next;
    }
}

int sg_post_job_fill(struct sg_post_job *job, const struct sg_post_parcel *parcel, char **ret_key,
                     struct sg_error *err)
{
    job->recipient =
        parcel->recipient && *parcel->recipient ? parcel->recipient : job->summary->submission;
    job->key_is_of_result = !parcel->key || !*parcel->key;
    *ret_key = NULL;
    if (job->key_is_of_result && sg_result_key(job->result, ret_key, err) < 0)
        return -1;
    job->key = job->key_is_of_result ? *ret_key : parcel->key;
    return 0;
}

int sg_post_preview(const struct sg_post_target *target, const struct sg_post_parcel *parcel,
                    struct sg_bytes *out, struct sg_error *err)
{
    size_t count = 0;
    struct sg_post_settings settings = {0};
    struct sg_run_summary summary = {0};
    struct sg_post_job job = {.settings = &settings,
                              .count = &count,
                              .result = parcel->result,
                              .summary = &summary,
                              .date_ms =
                                  parcel->date_ms ? parcel->date_ms : (int64_t)time(NULL) * 1000,
                              .preview = true};
    char *key = NULL;
    int failed =
        sg_libraries_load(err) < 0 ||
        sg_settings_read(target->settings, target->setting_count, false, &settings, err) < 0 ||
        target->check(&settings, err) < 0 ||
        sg_run_summary_from_json(parcel->result, &summary, err) < 0 ||
        sg_post_job_fill(&job, parcel, &key, err) < 0 || preview(target, &job, out, err) < 0;
    free(key);
    sg_run_summary_done(&summary);
    sg_settings_done(&settings);
    return failed ? -1 : 0;
}
