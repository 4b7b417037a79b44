/* SPDX-License-Identifier: MIT
 * webhook: the result file as it is, to a URL of the instructor's own, signed as GitHub signs its
 * webhooks, so that what checks those checks ours. The delivery id is the same on every attempt: a
 * receiver that has seen it has seen the result. */
#include <inttypes.h>

#include "base/table.h"
#include "post/sign.h"
#include "post/target.h"

enum { URL, SECRET, SETTINGS };

static const struct sg_post_setting settings[SETTINGS] = {
    [URL] = {{"SOCKGRADE_WEBHOOK_URL"},
             .needed = true,
             .is_place = true,
             .help = "where to post: https, or http to this machine itself"},
    [SECRET] = {{"SOCKGRADE_WEBHOOK_SECRET"},
                .secret = true,
                .needed = true,
                .help = "what the receiver checks the signature with"},
};

static int check(const struct sg_post_settings *values, struct sg_error *err)
{
    return sg_post_check_url(values, URL, err);
}

static int add_signature(const struct sg_post_job *job, struct sg_post_request *request,
                         struct sg_error *err)
{
    static const char *const names[] = {"X-Sockgrade-Signature-256", "X-Hub-Signature-256"};
    char *signature = NULL;
    if (job->preview)
        signature = sg_strdup("sha256=(made with the secret)");
    else if (sg_signature_make(job->settings->values[SECRET], job->result, &signature, err) < 0)
        return -1;
    sg_request_header(request, names[0], sg_strdup(signature));
    sg_request_header(request, names[1], signature);
    return 0;
}

static enum sg_post_next next(const struct sg_post_job *job, struct sg_post_request *ret,
                              struct sg_error *err)
{
    if (job->step)
        return SG_POST_DONE;
    const char *url = job->settings->values[URL];
    char *id = NULL;
    struct sg_slice known_by = job->key_is_of_result ? job->result : sg_slice_text(job->key);
    if (sg_delivery_id(url, known_by, &id, err) < 0)
        return SG_POST_FAILED;
    *ret = (struct sg_post_request){.method = "POST", .url = sg_strdup(url), .body = job->result};
    sg_request_header(ret, "Content-Type", sg_strdup("application/json"));
    sg_request_header(ret, "X-Sockgrade-Delivery", id);
    sg_request_header(ret, "X-Sockgrade-Timestamp", sg_printf("%" PRId64, job->date_ms / 1000));
    return add_signature(job, ret, err) < 0 ? SG_POST_FAILED : SG_POST_REQUEST;
}

const struct sg_post_target sg_post_webhook = {
    .name = "webhook",
    .help = "the result file to a URL of yours, signed",
    .settings = settings,
    .setting_count = SETTINGS,
    .check = check,
    .next = next,
};
