/* SPDX-License-Identifier: MIT
 * Loading what only posting needs. */
#include "post/library.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/symbols.h"
#include "base/table.h"

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

#define CURL_ROW(prefix, name)   {#prefix #name, offsetof(struct sg_curl, name)},
#define CRYPTO_ROW(prefix, name) {#prefix #name, offsetof(struct sg_crypto, name)},

static const struct sg_symbol curl_rows[] = {SG_CURL_FUNCTIONS(CURL_ROW)};
static const struct sg_symbol crypto_rows[] = {SG_CRYPTO_FUNCTIONS(CRYPTO_ROW)};

/* The versions that the headers are of. */
static const struct sg_symbols curl_symbols = {"libcurl.so.4", "posting", curl_rows,
                                               SG_COUNT(curl_rows)};
static const struct sg_symbols crypto_symbols = {"libcrypto.so." TEXT(OPENSSL_SHLIB_VERSION),
                                                 "signatures", crypto_rows, SG_COUNT(crypto_rows)};

/* What is loaded belongs to the process, as the libraries themselves do. */
static struct {
    bool loaded;
    struct sg_curl curl;
    struct sg_crypto crypto;
} libraries;

int sg_libraries_load(struct sg_error *err)
{
    if (libraries.loaded)
        return 0;
    if (sg_symbols_load(&curl_symbols, &libraries.curl, err) < 0 ||
        sg_symbols_load(&crypto_symbols, &libraries.crypto, err) < 0)
        return -1;
    libraries.loaded = true;
    return 0;
}

static void need(void)
{
    struct sg_error err = {0};
    if (sg_libraries_load(&err) == 0)
        return;
    (void)fprintf(stderr, "sockgrade: %s\n", err.text);
    abort();
}

const struct sg_curl *sg_curl(void)
{
    need();
    return &libraries.curl;
}

const struct sg_crypto *sg_crypto(void)
{
    need();
    return &libraries.crypto;
}
