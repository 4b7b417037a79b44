/* SPDX-License-Identifier: MIT
 * Requests and answers. */
#include "post/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

const char *const sg_answer_header_names[SG_ANSWER_HEADERS] = {
    [SG_ANSWER_RETRY_AFTER] = "Retry-After",
    [SG_ANSWER_LIMIT_REMAINING] = "X-RateLimit-Remaining",
    [SG_ANSWER_LIMIT_RESET] = "X-RateLimit-Reset",
    [SG_ANSWER_DATE] = "Date",
    [SG_ANSWER_LOCATION] = "Location",
};

static void add_header(struct sg_post_request *request, struct sg_post_request_header header)
{
    assert(request->header_count < SG_MOST_REQUEST_HEADERS);
    request->headers[request->header_count++] = header;
}

void sg_request_header(struct sg_post_request *request, const char *name, char *value)
{
    add_header(request, (struct sg_post_request_header){.name = name, .value = value});
}

void sg_request_secret_header(struct sg_post_request *request, const char *name, char *value)
{
    add_header(request,
               (struct sg_post_request_header){.name = name, .value = value, .secret = true});
}

void sg_request_done(struct sg_post_request *request)
{
    for (size_t i = 0; i < request->header_count; i++) {
        char *value = request->headers[i].value;
        if (request->headers[i].secret && value)
            explicit_bzero(value, strlen(value));
        free(value);
    }
    free(request->url);
    if (request->made.data) /* Moodle's token is in it */
        explicit_bzero(request->made.data, request->made.length);
    sg_bytes_done(&request->made);
    *request = (struct sg_post_request){0};
}

void sg_request_show(const struct sg_post_request *request, struct sg_bytes *out)
{
    size_t shown = strcspn(request->url, "?");
    sg_bytes_printf(out, "%s ", request->method);
    sg_show(out, (const uint8_t *)request->url, shown);
    sg_bytes_add_text(out, request->url[shown] ? "?(not shown)\n" : "\n");
    for (size_t i = 0; i < request->header_count; i++) {
        const struct sg_post_request_header *header = &request->headers[i];
        const char *value = header->secret ? "(secret)" : header->value;
        sg_bytes_printf(out, "%s: ", header->name);
        sg_show(out, (const uint8_t *)value, strlen(value));
        sg_bytes_add_byte(out, '\n');
    }
    sg_bytes_add_byte(out, '\n');
    sg_show_lines(out, request->body.data, request->body.length);
    if (request->body.length && request->body.data[request->body.length - 1] != '\n')
        sg_bytes_add_byte(out, '\n');
}

void sg_answer_done(struct sg_post_answer *answer)
{
    free(answer->reason);
    for (size_t i = 0; i < SG_ANSWER_HEADERS; i++)
        free(answer->headers[i]);
    sg_bytes_done(&answer->body);
    *answer = (struct sg_post_answer){0};
}
