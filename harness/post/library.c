/* SPDX-License-Identifier: MIT
 * Loading what only posting needs. */
#include "post/library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

/* The version that the headers are of. */
static const char curl_name[] = "libcurl.so.4";
static const char crypto_name[] = "libcrypto.so." TEXT(OPENSSL_SHLIB_VERSION);

/* A struct of pointers to functions, filled by name. */
struct member {
    const char *name;
    size_t offset;
};

#define CURL_MEMBER(prefix, name)   {#prefix #name, offsetof(struct sg_curl, name)},
#define CRYPTO_MEMBER(prefix, name) {#prefix #name, offsetof(struct sg_crypto, name)},

static const struct member curl_members[] = {SG_CURL_FUNCTIONS(CURL_MEMBER)};
static const struct member crypto_members[] = {SG_CRYPTO_FUNCTIONS(CRYPTO_MEMBER)};

static int load(const char *name, const struct member *members, size_t count, void *ret,
                struct sg_error *err)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return sg_fail_machine(err, "a library for posting cannot be loaded: %s", dlerror());
    for (size_t i = 0; i < count; i++) {
        void *function = dlsym(library, members[i].name);
        if (!function)
            return sg_fail_machine(err, "'%s' has no %s()", name, members[i].name);
        memcpy((char *)ret + members[i].offset, &function, sizeof function);
    }
    return 0;
}

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
    if (load(curl_name, curl_members, SG_COUNT(curl_members), &libraries.curl, err) < 0 ||
        load(crypto_name, crypto_members, SG_COUNT(crypto_members), &libraries.crypto, err) < 0)
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
