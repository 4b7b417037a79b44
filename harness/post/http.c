/* SPDX-License-Identifier: MIT
 * libcurl, with nothing left to its defaults that matters here. */
#include "post/http.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/table.h"
#include "base/utf8.h"
#include "post/library.h"
#include "post/url.h"

enum { MOST_ANSWER = SG_MOST_ANSWER_KEPT, MOST_HEADER = 1024 };
enum { LONGEST_CONNECT_MS = 10000, LONGEST_EXCHANGE_MS = 30000 };

struct sg_http {
    CURL *curl;
    const char *ca_file;
};

/* The library's memory: headers with a token pass through it, so it is wiped before it is given
 * back. */
static void wiping_free(void *memory)
{
    if (memory)
        explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

static void *wiping_realloc(void *old, size_t size)
{
    size_t before = old ? malloc_usable_size(old) : 0;
    void *memory = malloc(size);
    if (!memory)
        return NULL;
    if (old)
        memcpy(memory, old, before < size ? before : size);
    wiping_free(old);
    return memory;
}

int sg_http_open(const char *ca_file, struct sg_http **ret, struct sg_error *err)
{
    CURLcode code = sg_curl()->global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free,
                                               wiping_realloc, strdup, calloc);
    CURL *curl = code == CURLE_OK ? sg_curl()->easy_init() : NULL;
    if (!curl)
        return sg_fail_machine(err, "libcurl cannot be used: %s", sg_curl()->easy_strerror(code));
    *ret = sg_alloc(sizeof **ret);
    **ret = (struct sg_http){.curl = curl, .ca_file = ca_file};
    return 0;
}

void sg_http_close(struct sg_http *http)
{
    if (!http)
        return;
    sg_curl()->easy_cleanup(http->curl);
    sg_curl()->global_cleanup();
    free(http);
}

/* What a transfer fills in. */
struct reception {
    struct sg_post_answer *answer;
    bool
        headers_ended; /* by their empty line: without it the library still says that all is well */
    size_t body_length; /* of all that came */
    char problem[CURL_ERROR_SIZE];
};

static size_t receive_body(char *data, size_t size, size_t count, void *state)
{
    struct reception *reception = state;
    struct sg_bytes *body = &reception->answer->body;
    size_t length = size * count, room = SG_MOST_ANSWER_KEPT - body->length;
    sg_bytes_add(body, data, length < room ? length : room);
    reception->body_length += length;
    return reception->body_length > MOST_ANSWER ? 0 : length; /* 0 ends the transfer */
}

static char *header_value(const char *data, size_t length)
{
    while (length && (data[0] == ' ' || data[0] == '\t')) {
        data++;
        length--;
    }
    while (length && strchr(" \t\r\n", data[length - 1]))
        length--;
    return sg_printf("%.*s", (int)(length < MOST_HEADER ? length : MOST_HEADER), data);
}

static void forget_headers(struct sg_post_answer *answer)
{
    for (size_t i = 0; i < SG_ANSWER_HEADERS; i++) {
        free(answer->headers[i]);
        answer->headers[i] = NULL;
    }
}

static size_t receive_header(char *data, size_t size, size_t count, void *state)
{
    struct reception *reception = state;
    struct sg_post_answer *answer = reception->answer;
    size_t length = size * count;
    reception->headers_ended = data[0] == '\r' || data[0] == '\n';
    if (length > 5 && memcmp(data, "HTTP/", 5) == 0)
        forget_headers(answer); /* those before were of a "100 Continue" */
    for (size_t i = 0; i < SG_ANSWER_HEADERS; i++) {
        size_t name = strlen(sg_answer_header_names[i]);
        if (length <= name || data[name] != ':' || answer->headers[i] ||
            strncasecmp(data, sg_answer_header_names[i], name) != 0)
            continue;
        answer->headers[i] = header_value(data + name + 1, length - name - 1);
    }
    return length;
}

typedef __typeof__(curl_easy_setopt) set_option;

/* What the library would otherwise take from the environment, from files, or from the server. */
static CURLcode set_security(const struct sg_http *http, const struct sg_url *url)
{
    CURL *curl = http->curl;
    set_option *set = sg_curl()->easy_setopt;
    CURLcode codes[] = {
        set(curl, CURLOPT_SSL_VERIFYPEER, 1L),
        set(curl, CURLOPT_SSL_VERIFYHOST, 2L),
        set(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2),
        set(curl, CURLOPT_FOLLOWLOCATION, 0L),
        set(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED),
        set(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L),
        set(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1),
        set(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L),
        set(curl, CURLOPT_NOSIGNAL, 1L),
        /* An empty name is no proxy at all, whatever the environment says. */
        url->loopback ? set(curl, CURLOPT_PROXY, "") : CURLE_OK,
        http->ca_file ? set(curl, CURLOPT_CAINFO, http->ca_file) : CURLE_OK,
        http->ca_file ? set(curl, CURLOPT_CAPATH, NULL) : CURLE_OK,
    };
    for (size_t i = 0; i < SG_COUNT(codes); i++) {
        if (codes[i] != CURLE_OK)
            return codes[i];
    }
    return CURLE_OK;
}

static CURLcode set_request(const struct sg_http *http, const struct sg_post_request *request,
                            const struct sg_url *url, const struct curl_slist *headers)
{
    CURL *curl = http->curl;
    set_option *set = sg_curl()->easy_setopt;
    bool has_body = request->body.length > 0;
    CURLcode codes[] = {
        set(curl, CURLOPT_CURLU, url->handle),
        set(curl, CURLOPT_HTTPHEADER, headers),
        set(curl, CURLOPT_USERAGENT, "sockgrade/" SG_VERSION),
        has_body ? set(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length)
                 : CURLE_OK,
        has_body ? set(curl, CURLOPT_POSTFIELDS, request->body.data)
                 : set(curl, CURLOPT_HTTPGET, 1L),
        set(curl, CURLOPT_CUSTOMREQUEST, request->method),
    };
    for (size_t i = 0; i < SG_COUNT(codes); i++) {
        if (codes[i] != CURLE_OK)
            return codes[i];
    }
    return CURLE_OK;
}

static CURLcode set_reception(const struct sg_http *http, struct reception *reception,
                              uint64_t most_ns)
{
    CURL *curl = http->curl;
    set_option *set = sg_curl()->easy_setopt;
    uint64_t most_ms = most_ns / SG_NS_PER_MS + 1;
    long limit_ms = most_ms < LONGEST_EXCHANGE_MS ? (long)most_ms : LONGEST_EXCHANGE_MS;
    CURLcode codes[] = {
        set(curl, CURLOPT_WRITEFUNCTION, receive_body),
        set(curl, CURLOPT_WRITEDATA, reception),
        set(curl, CURLOPT_HEADERFUNCTION, receive_header),
        set(curl, CURLOPT_HEADERDATA, reception),
        set(curl, CURLOPT_ERRORBUFFER, reception->problem),
        set(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)LONGEST_CONNECT_MS),
        set(curl, CURLOPT_TIMEOUT_MS, limit_ms),
    };
    for (size_t i = 0; i < SG_COUNT(codes); i++) {
        if (codes[i] != CURLE_OK)
            return codes[i];
    }
    return CURLE_OK;
}

/* The headers as the library wants them. It adds "Expect: 100-continue" of its own to large bodies,
 * which costs a second wherever a server does not know it. */
static struct curl_slist *make_headers(const struct sg_post_request *request)
{
    struct curl_slist *list = sg_curl()->slist_append(NULL, "Expect:");
    for (size_t i = 0; list && i < request->header_count; i++) {
        char *line = sg_printf("%s: %s", request->headers[i].name, request->headers[i].value);
        struct curl_slist *longer = sg_curl()->slist_append(list, line);
        explicit_bzero(line, strlen(line));
        free(line);
        if (!longer)
            sg_curl()->slist_free_all(list);
        list = longer;
    }
    if (!list)
        sg_out_of_memory();
    return list;
}

/* Whether a failed transfer may succeed later. */
static bool may_pass(CURLcode code)
{
    static const CURLcode passing[] = {
        CURLE_COULDNT_RESOLVE_PROXY,
        CURLE_COULDNT_RESOLVE_HOST,
        CURLE_COULDNT_CONNECT,
        CURLE_OPERATION_TIMEDOUT,
        CURLE_SSL_CONNECT_ERROR,
        CURLE_SEND_ERROR,
        CURLE_RECV_ERROR,
        CURLE_GOT_NOTHING,
        CURLE_PARTIAL_FILE,
    };
    for (size_t i = 0; i < SG_COUNT(passing); i++) {
        if (passing[i] == code)
            return true;
    }
    return false;
}

/* Why there is no whole answer, or NULL where there is one. */
static const char *problem(CURLcode code, const struct reception *reception)
{
    if (code == CURLE_OK && !reception->headers_ended)
        return "the connection ended in the middle of the headers";
    /* An endless answer is as good as its beginning. */
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && reception->body_length > MOST_ANSWER))
        return NULL;
    return reception->problem[0] ? reception->problem : sg_curl()->easy_strerror(code);
}

static int conclude(const struct sg_http *http, CURLcode code, const struct reception *reception,
                    struct sg_error *err)
{
    struct sg_post_answer *answer = reception->answer;
    const char *reason = problem(code, reception);
    long status = 0;
    (void)sg_curl()->easy_getinfo(http->curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    if (!reason)
        return 0;
    struct sg_bytes shown = {0};
    sg_show(&shown, (const uint8_t *)reason, strlen(reason));
    answer->reason = sg_bytes_take_text(&shown);
    answer->lost = code == CURLE_OK || may_pass(code);
    return answer->lost ? 0 : sg_fail_machine(err, "%s", answer->reason);
}

static int exchange(struct sg_http *http, const struct sg_post_request *request,
                    const struct sg_url *url, uint64_t most_ns, struct sg_post_answer *ret,
                    struct sg_error *err)
{
    struct reception reception = {.answer = ret};
    struct curl_slist *headers = make_headers(request);
    sg_curl()->easy_reset(http->curl);
    CURLcode code = set_security(http, url);
    if (code == CURLE_OK)
        code = set_request(http, request, url, headers);
    if (code == CURLE_OK)
        code = set_reception(http, &reception, most_ns);
    int failed =
        code == CURLE_OK
            ? conclude(http, sg_curl()->easy_perform(http->curl), &reception, err)
            : sg_fail_machine(err, "libcurl cannot do this: %s", sg_curl()->easy_strerror(code));
    sg_curl()->easy_reset(http->curl);
    sg_curl()->slist_free_all(headers);
    return failed;
}

int sg_http_exchange(struct sg_http *http, const struct sg_post_request *request, uint64_t most_ns,
                     struct sg_post_answer *ret, struct sg_error *err)
{
    struct sg_url url;
    *ret = (struct sg_post_answer){0};
    int failed = sg_url_parse(request->url, &url, err);
    if (!failed)
        failed = exchange(http, request, &url, most_ns, ret, err);
    sg_url_done(&url);
    return failed;
}
