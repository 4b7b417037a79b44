/* SPDX-License-Identifier: MIT
 * Requests to GitHub. */
#include "post/github.h"

#include <string.h>

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

int sg_github_check(const struct sg_post_settings *values, struct sg_error *err)
{
    const char *repository = values->values[SG_GITHUB_REPOSITORY];
    const char *commit = values->values[SG_GITHUB_COMMIT];
    const char *report = values->values[SG_GITHUB_REPORT_URL];
    if (!is_repository(repository))
        return sg_fail(err, "GITHUB_REPOSITORY takes OWNER/NAME, found '%s'", repository);
    if (!is_commit(commit))
        return sg_fail(err, "GITHUB_SHA takes the 40 or 64 digits of a commit, found '%s'", commit);
    if (report && !is_page(report))
        return sg_fail(err, "SOCKGRADE_REPORT_URL takes a URL with https:// or http://");
    return sg_post_check_url(values, SG_GITHUB_API, err);
}

char *sg_github_page(const struct sg_post_settings *values)
{
    const char *report = values->values[SG_GITHUB_REPORT_URL];
    const char *server = values->values[SG_GITHUB_SERVER_URL];
    const char *run = values->values[SG_GITHUB_RUN_ID];
    if (report)
        return sg_strdup(report);
    if (!server || !run || !is_page(server))
        return NULL;
    return sg_printf("%s/%s/actions/runs/%s", server, values->values[SG_GITHUB_REPOSITORY], run);
}

void sg_github_request(const struct sg_post_job *job, const char *method,
                       struct sg_post_request *ret, const char *path, ...)
{
    char *const *values = job->settings->values;
    struct sg_bytes url = {0};
    size_t api = strlen(values[SG_GITHUB_API]);
    while (api && values[SG_GITHUB_API][api - 1] == '/')
        api--;
    sg_bytes_printf(&url, "%.*s/repos/%s", (int)api, values[SG_GITHUB_API],
                    values[SG_GITHUB_REPOSITORY]);
    va_list args;
    va_start(args, path);
    sg_bytes_vprintf(&url, path, args);
    va_end(args);
    *ret = (struct sg_post_request){.method = method, .url = sg_bytes_take_text(&url)};
    if (strcmp(method, "GET") != 0)
        sg_request_header(ret, "Content-Type", sg_strdup("application/json"));
    sg_request_header(ret, "Accept", sg_strdup("application/vnd.github+json"));
    sg_request_header(ret, "X-GitHub-Api-Version", sg_strdup("2022-11-28"));
    sg_request_secret_header(ret, "Authorization",
                             sg_printf("Bearer %s", job->preview ? "" : values[SG_GITHUB_TOKEN]));
}
