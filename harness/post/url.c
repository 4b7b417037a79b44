/* SPDX-License-Identifier: MIT
 * The rules for URLs. libcurl's own parser reads them, so that there is no URL which we understand
 * in one way and the library in another. */
#include "post/url.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "post/library.h"

/* A part of the URL, which the caller frees with curl_free; NULL where it has none. */
static char *part(const struct sg_url *url, CURLUPart which)
{
    char *text = NULL;
    return sg_curl()->url_get(url->handle, which, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool has_part(const struct sg_url *url, CURLUPart which)
{
    char *text = part(url, which);
    sg_curl()->free(text);
    return text;
}

/* The library writes 127.1, 0x7f000001 and the like as four numbers, and resolves `localhost`
 * itself. */
static bool is_loopback(const char *host)
{
    struct in_addr four;
    struct in6_addr six;
    if (strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, &four) == 1)
        return ntohl(four.s_addr) >> 24 == 127;
    sg_autofree char *bare = sg_strdup(host[0] == '[' ? host + 1 : host);
    bare[strcspn(bare, "]")] = 0;
    return inet_pton(AF_INET6, bare, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

static char *show_place(const char *host, const char *port)
{
    struct sg_bytes place = {0};
    sg_show(&place, (const uint8_t *)host, strlen(host));
    if (port)
        sg_bytes_printf(&place, ":%s", port);
    return sg_bytes_take_text(&place);
}

static int judge(struct sg_url *url, const char *scheme, struct sg_error *err)
{
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
        return sg_fail(err, "a URL with a user name or a password in it is not posted to");
    if (has_part(url, CURLUPART_FRAGMENT))
        return sg_fail(err, "a URL to post to has no '#' part");
    if (strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && url->loopback))
        return 0;
    if (strcmp(scheme, "http") == 0)
        return sg_fail(err,
                       "http to '%s' would send the result and what proves its sender in the "
                       "clear: use https (http is for this machine alone)",
                       url->place);
    return sg_fail(err, "a URL to post to begins with https://");
}

int sg_url_parse(const char *text, struct sg_url *ret, struct sg_error *err)
{
    *ret = (struct sg_url){.handle = sg_curl()->url()};
    if (!ret->handle)
        sg_out_of_memory();
    CURLUcode code = sg_curl()->url_set(ret->handle, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME);
    if (code != CURLUE_OK)
        return sg_fail(err, "not a URL: %s", sg_curl()->url_strerror(code));
    char *scheme = part(ret, CURLUPART_SCHEME), *host = part(ret, CURLUPART_HOST);
    char *port = part(ret, CURLUPART_PORT);
    int failed = -1;
    if (scheme && host) {
        ret->loopback = is_loopback(host);
        ret->place = show_place(host, port);
        failed = judge(ret, scheme, err);
    } else {
        (void)sg_fail(err, "a URL to post to begins with https:// and names a host");
    }
    sg_curl()->free(scheme);
    sg_curl()->free(host);
    sg_curl()->free(port);
    return failed;
}

void sg_url_done(struct sg_url *url)
{
    sg_curl()->url_cleanup(url->handle);
    free(url->place);
    *url = (struct sg_url){0};
}
