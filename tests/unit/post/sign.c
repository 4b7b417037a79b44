/* SPDX-License-Identifier: MIT
 * Signatures and delivery ids. */
#include "post/sign.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

Test(signature, is_what_github_documents)
{
    struct sg_error err = {0};
    char *signature = NULL;
    cr_assert_eq(sg_signature_make("It's a Secret to Everybody", sg_slice_text("Hello, World!"),
                                   &signature, &err),
                 0, "%s", err.text);
    cr_expect_str_eq(signature,
                     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    free(signature);
}

/* RFC 4231, test case 2. */
Test(signature, is_an_hmac_of_the_rfc)
{
    struct sg_error err = {0};
    char *signature = NULL;
    cr_assert_eq(
        sg_signature_make("Jefe", sg_slice_text("what do ya want for nothing?"), &signature, &err),
        0, "%s", err.text);
    cr_expect_str_eq(signature,
                     "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    free(signature);
}

Test(signature, covers_every_byte_and_an_empty_body)
{
    struct sg_error err = {0};
    char *with_nul = NULL, *without = NULL, *empty = NULL;
    const struct sg_slice body = {(const uint8_t *)"a\0b", 3};
    cr_assert_eq(sg_signature_make("long enough", body, &with_nul, &err), 0);
    cr_assert_eq(sg_signature_make("long enough", sg_slice_first(body, 1), &without, &err), 0);
    cr_assert_eq(sg_signature_make("long enough", (struct sg_slice){0}, &empty, &err), 0);
    cr_expect_str_neq(with_nul, without);
    cr_expect_str_neq(without, empty);
    free(with_nul);
    free(without);
    free(empty);
}

static char *id_of(const char *url, const char *body)
{
    struct sg_error err = {0};
    char *id = NULL;
    cr_assert_eq(sg_delivery_id(url, sg_slice_text(body), &id, &err), 0, "%s", err.text);
    return id;
}

Test(delivery_id, is_a_uuid_of_version_8)
{
    for (int i = 0; i < 64; i++) {
        sg_autofree char *body = sg_printf("%d", i);
        sg_autofree char *id = id_of("https://example.org/", body);
        cr_assert_eq(strlen(id), 36);
        cr_expect_eq(strspn(id, "0123456789abcdef-"), 36, "%s", id);
        for (size_t at = 0; at < 36; at++)
            cr_expect_eq(id[at] == '-', at == 8 || at == 13 || at == 18 || at == 23, "%s", id);
        cr_expect_eq(id[14], '8', "%s", id);
        cr_expect_neq(strchr("89ab", id[19]), NULL, "%s", id);
    }
}

Test(delivery_id, follows_from_place_and_body_alone)
{
    static const struct {
        const char *name, *url, *body;
    } others[] = {
        {"another place", "https://example.org/b", "body"},
        {"another body", "https://example.org/a", "Body"},
        {"the same bytes, divided elsewhere", "https://example.org/", "abody"},
    };
    sg_autofree char *id = id_of("https://example.org/a", "body");
    sg_autofree char *again = id_of("https://example.org/a", "body");
    cr_expect_str_eq(id, again);
    for (size_t i = 0; i < SG_COUNT(others); i++) {
        sg_autofree char *other = id_of(others[i].url, others[i].body);
        cr_expect_str_neq(id, other, "%s", others[i].name);
    }
}
