/* SPDX-License-Identifier: MIT
 * Signatures and ids. */
#include "post/sign.h"

#include <string.h>

#include "base/table.h"
#include "post/library.h"

enum { DIGEST_BYTES = 32 };

static void add_hex(struct sg_bytes *out, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        sg_bytes_printf(out, "%02x", data[i]);
}

int sg_signature_make(const char *secret, struct sg_slice body, char **ret, struct sg_error *err)
{
    uint8_t digest[DIGEST_BYTES];
    unsigned length = 0;
    if (!sg_crypto()->HMAC(sg_crypto()->EVP_sha256(), secret, (int)strlen(secret), body.data,
                           body.length, digest, &length) ||
        length != sizeof digest)
        return sg_fail_machine(err, "the library cannot make an HMAC-SHA256");
    struct sg_bytes text = {0};
    sg_bytes_add_text(&text, "sha256=");
    add_hex(&text, digest, sizeof digest);
    *ret = sg_bytes_take_text(&text);
    return 0;
}

static int hash(const char *url, struct sg_slice body, uint8_t digest[DIGEST_BYTES],
                struct sg_error *err)
{
    EVP_MD_CTX *context = sg_crypto()->EVP_MD_CTX_new();
    /* The NUL behind the URL tells where the body begins. */
    int right = context &&
                sg_crypto()->EVP_DigestInit_ex(context, sg_crypto()->EVP_sha256(), NULL) == 1 &&
                sg_crypto()->EVP_DigestUpdate(context, url, strlen(url) + 1) == 1 &&
                sg_crypto()->EVP_DigestUpdate(context, body.data, body.length) == 1 &&
                sg_crypto()->EVP_DigestFinal_ex(context, digest, NULL) == 1;
    sg_crypto()->EVP_MD_CTX_free(context);
    return right ? 0 : sg_fail_machine(err, "the library cannot make a SHA-256");
}

int sg_delivery_id(const char *url, struct sg_slice body, char **ret, struct sg_error *err)
{
    static const size_t groups[] = {4, 2, 2, 2, 6};
    uint8_t digest[DIGEST_BYTES] = {0};
    if (hash(url, body, digest, err) < 0)
        return -1;
    digest[6] = (uint8_t)((digest[6] & 0x0f) | 0x80); /* version 8 */
    digest[8] = (uint8_t)((digest[8] & 0x3f) | 0x80); /* the variant of the RFC */
    struct sg_bytes text = {0};
    for (size_t i = 0, at = 0; i < SG_COUNT(groups); at += groups[i++]) {
        sg_bytes_add_text(&text, i ? "-" : "");
        add_hex(&text, digest + at, groups[i]);
    }
    *ret = sg_bytes_take_text(&text);
    return 0;
}

int sg_result_key(struct sg_slice body, char **ret, struct sg_error *err)
{
    uint8_t digest[DIGEST_BYTES];
    if (hash("", body, digest, err) < 0)
        return -1;
    struct sg_bytes text = {0};
    add_hex(&text, digest, sizeof digest / 2);
    *ret = sg_bytes_take_text(&text);
    return 0;
}
