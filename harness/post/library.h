/* SPDX-License-Identifier: MIT
 * libcurl and OpenSSL's libcrypto, loaded when something is posted and not before. Every case is a
 * process that is forked from sockgrade, and whatever is mapped there is copied each time: the
 * thirty libraries that come with these two would cost a third of a case. */
#ifndef SG_POST_LIBRARY_H
#define SG_POST_LIBRARY_H

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "base/error.h"

/* X(prefix, name): the functions that are used, by the names that the libraries give them. */
#define SG_CURL_FUNCTIONS(X)  \
    X(curl_, easy_cleanup)    \
    X(curl_, easy_getinfo)    \
    X(curl_, easy_init)       \
    X(curl_, easy_perform)    \
    X(curl_, easy_reset)      \
    X(curl_, easy_setopt)     \
    X(curl_, easy_strerror)   \
    X(curl_, free)            \
    X(curl_, getdate)         \
    X(curl_, global_cleanup)  \
    X(curl_, global_init_mem) \
    X(curl_, slist_append)    \
    X(curl_, slist_free_all)  \
    X(curl_, url)             \
    X(curl_, url_cleanup)     \
    X(curl_, url_get)         \
    X(curl_, url_set)         \
    X(curl_, url_strerror)
#define SG_CRYPTO_FUNCTIONS(X) \
    X(, BIO_free)              \
    X(, BIO_new_mem_buf)       \
    X(, EVP_DigestFinal_ex)    \
    X(, EVP_DigestInit_ex)     \
    X(, EVP_DigestSign)        \
    X(, EVP_DigestSignInit)    \
    X(, EVP_DigestUpdate)      \
    X(, EVP_MD_CTX_free)       \
    X(, EVP_MD_CTX_new)        \
    X(, EVP_PKEY_free)         \
    X(, EVP_PKEY_get_base_id)  \
    X(, EVP_sha256)            \
    X(, HMAC)                  \
    X(, PEM_read_bio_PrivateKey)

#define SG_LIBRARY_MEMBER(prefix, name) __typeof__(prefix##name) *name;
struct sg_curl {
    SG_CURL_FUNCTIONS(SG_LIBRARY_MEMBER)
};
struct sg_crypto {
    SG_CRYPTO_FUNCTIONS(SG_LIBRARY_MEMBER)
};

/* Loads both; they stay. Where one cannot be loaded, blames the machine. */
int sg_libraries_load(struct sg_error *err);
/* Their functions. They are loaded where they are not yet; a process that cannot do so ends. */
const struct sg_curl *sg_curl(void);
const struct sg_crypto *sg_crypto(void);

#endif
