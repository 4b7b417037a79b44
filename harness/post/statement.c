/* SPDX-License-Identifier: MIT
 * Signed statements. */
#include "post/statement.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/bytes.h"
#include "post/library.h"

enum { GOOD_FOR_S = 300, NONCE_BYTES = 16 };

/* The key, which the caller frees; NULL: it is none that can be used. */
static EVP_PKEY *read_key(const char *pem)
{
    char no_passphrase[] = ""; /* without one, OpenSSL would ask the terminal */
    BIO *text = sg_crypto()->BIO_new_mem_buf(pem, (int)strlen(pem));
    EVP_PKEY *key =
        text ? sg_crypto()->PEM_read_bio_PrivateKey(text, NULL, NULL, no_passphrase) : NULL;
    (void)sg_crypto()->BIO_free(text);
    if (key && sg_crypto()->EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA)
        return key;
    sg_crypto()->EVP_PKEY_free(key);
    return NULL;
}

int sg_statement_check_key(const char *key, struct sg_error *err)
{
    EVP_PKEY *read = read_key(key);
    sg_crypto()->EVP_PKEY_free(read);
    return read ? 0 : sg_fail(err, "is no private RSA key in PEM without a passphrase");
}

/* Base64 as URLs have it, without what fills it up. */
static void add_base64(struct sg_bytes *out, const void *data, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const uint8_t *bytes = data;
    uint32_t group = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < length; i++) {
        group = group << 8 | bytes[i];
        for (bits += 8; bits >= 6; bits -= 6)
            sg_bytes_add_byte(out, (uint8_t)digits[group >> (bits - 6) & 63]);
    }
    if (bits)
        sg_bytes_add_byte(out, (uint8_t)digits[group << (6 - bits) & 63]);
}

/* Appends a JSON value so written, and lets go of it. */
static int add_json(struct sg_bytes *out, json_t *value, struct sg_error *err)
{
    char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
    json_decref(value);
    if (!text)
        return sg_fail_machine(err, "a statement cannot be written as JSON");
    add_base64(out, text, strlen(text));
    free(text);
    return 0;
}

static int add_claims(const struct sg_statement *about, time_t now, struct sg_bytes *out,
                      struct sg_error *err)
{
    uint8_t nonce[NONCE_BYTES];
    sg_autobytes struct sg_bytes id = {0};
    if (getrandom(nonce, sizeof nonce, 0) != (ssize_t)sizeof nonce)
        return sg_fail_os(err, "get random bytes");
    add_base64(&id, nonce, sizeof nonce);
    return add_json(out,
                    json_pack("{s:s, s:s, s:s, s:I, s:I, s:s}", "iss", about->client, "sub",
                              about->client, "aud", about->audience, "iat", (json_int_t)now, "exp",
                              (json_int_t)now + GOOD_FOR_S, "jti", sg_bytes_text(&id)),
                    err);
}

static int sign(EVP_PKEY *key, struct sg_bytes *text, struct sg_error *err)
{
    const struct sg_crypto *crypto = sg_crypto();
    EVP_MD_CTX *context = crypto->EVP_MD_CTX_new();
    size_t length = 0;
    sg_autobytes struct sg_bytes signature = {0};
    bool right = context &&
                 crypto->EVP_DigestSignInit(context, NULL, crypto->EVP_sha256(), NULL, key) == 1 &&
                 crypto->EVP_DigestSign(context, NULL, &length, text->data, text->length) == 1 &&
                 crypto->EVP_DigestSign(context, sg_bytes_reserve(&signature, length), &length,
                                        text->data, text->length) == 1;
    crypto->EVP_MD_CTX_free(context);
    if (!right)
        return sg_fail_machine(err, "the library cannot sign with this key");
    sg_bytes_add_byte(text, '.');
    add_base64(text, signature.data, length);
    return 0;
}

int sg_statement_make(const struct sg_statement *about, time_t now, char **ret,
                      struct sg_error *err)
{
    struct sg_bytes text = {0};
    EVP_PKEY *key = read_key(about->key);
    int failed = key ? 0 : sg_fail(err, "the key cannot be read");
    if (!failed)
        failed = add_json(
            &text,
            json_pack("{s:s, s:s, s:s*}", "alg", "RS256", "typ", "JWT", "kid", about->key_id), err);
    sg_bytes_add_byte(&text, '.');
    if (!failed)
        failed = add_claims(about, now, &text, err);
    if (!failed)
        failed = sign(key, &text, err);
    sg_crypto()->EVP_PKEY_free(key);
    if (failed)
        sg_bytes_done(&text);
    else
        *ret = sg_bytes_take_text(&text);
    return failed;
}
