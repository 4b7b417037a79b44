/* SPDX-License-Identifier: MIT
 * Which URLs are posted to. */
#include "post/url.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/table.h"

Test(url, is_https_or_stays_on_this_machine)
{
    static const struct {
        const char *text;
        bool right, loopback;
        const char *place; /* or, where it is not right, a part of the complaint */
    } rows[] = {
        {"https://example.org/hook", true, false, "example.org"},
        {"HTTPS://EXAMPLE.ORG:8443/", true, false, "EXAMPLE.ORG:8443"},
        {"https://example.org/hook?token=1", true, false, "example.org"},
        {"https://127.0.0.1/", true, true, "127.0.0.1"},
        {"http://127.0.0.1:8080/", true, true, "127.0.0.1:8080"},
        {"http://127.255.0.9/", true, true, "127.255.0.9"},
        {"http://localhost:1/", true, true, "localhost:1"},
        {"http://LocalHost/", true, true, "LocalHost"},
        {"http://[::1]:80/", true, true, "[::1]:80"},
        {"http://[0:0:0:0:0:0:0:1]/", true, true, "[::1]"},
        {"http://127.1/", true, true, "127.0.0.1"},
        {"http://192.0.2.1/", false, false, "use https"},
        {"http://example.org/", false, false, "use https"},
        {"http://128.0.0.1/", false, false, "use https"},
        {"http://[2001:db8::1]/", false, false, "use https"},
        {"http://[::ffff:127.0.0.1]/", false, false, "use https"},
        {"http://127.0.0.1.example.org/", false, false, "use https"},
        {"http://localhost.example.org/", false, false, "use https"},
        {"http://127.0.0.1@example.org/", false, false, "a user name or a password"},
        {"https://user@example.org/", false, false, "a user name or a password"},
        {"https://user:word@example.org/", false, false, "a user name or a password"},
        {"http://user:word@127.0.0.1/", false, false, "a user name or a password"},
        {"https://example.org/#part", false, false, "no '#' part"},
        {"ftp://127.0.0.1/", false, true, "begins with https://"},
        {"file:///etc/passwd", false, false, "begins with https://"},
        {"gopher://example.org/", false, false, "begins with https://"},
        {"example.org", false, false, "not a URL"},
        {"https://", false, false, "not a URL"},
        {"https://exa mple.org/", false, false, "not a URL"},
        {"https://example.org/a b", false, false, "not a URL"},
        {"https://example.org/\r\nX: y", false, false, "not a URL"},
        {"https://example.org:99999/", false, false, "not a URL"},
        {"", false, false, "not a URL"},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        struct sg_url url;
        struct sg_error err = {0};
        bool right = sg_url_parse(rows[i].text, &url, &err) == 0;
        cr_expect_eq(right, rows[i].right, "%s: %s", rows[i].text, err.text);
        if (right && rows[i].right) {
            cr_expect_eq(url.loopback, rows[i].loopback, "%s", rows[i].text);
            cr_expect_str_eq(url.place, rows[i].place, "%s", rows[i].text);
        } else {
            cr_expect_eq(err.blame, SG_BLAME_INPUT, "%s", rows[i].text);
            cr_expect_neq(strstr(err.text, rows[i].place), NULL, "%s: %s", rows[i].text, err.text);
        }
        sg_url_done(&url);
    }
}

Test(url, is_not_repeated_in_its_complaint)
{
    static const char *const texts[] = {
        "http://example.org/hook?token=hunter2",
        "https://someone:hunter2@example.org/",
        "hunter2://example.org/",
        "https://exa mple.org/hunter2",
    };
    for (size_t i = 0; i < SG_COUNT(texts); i++) {
        struct sg_url url;
        struct sg_error err = {0};
        cr_expect_eq(sg_url_parse(texts[i], &url, &err), -1, "%s", texts[i]);
        cr_expect_eq(strstr(err.text, "hunter2"), NULL, "%s", err.text);
        sg_url_done(&url);
    }
}
