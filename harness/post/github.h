/* SPDX-License-Identifier: MIT
 * What the targets on GitHub have in common: the same settings, the same requests. */
#ifndef SG_POST_GITHUB_H
#define SG_POST_GITHUB_H

#include "post/target.h"

enum sg_github_setting {
    SG_GITHUB_API,
    SG_GITHUB_REPOSITORY,
    SG_GITHUB_COMMIT,
    SG_GITHUB_TOKEN,
    SG_GITHUB_REPORT_URL,
    SG_GITHUB_SERVER_URL,
    SG_GITHUB_RUN_ID,
    SG_GITHUB_SETTINGS, /* how many there are */
};

/* Their rows, with the permission that the token must have. */
#define SG_GITHUB_ROWS(permission)                                                            \
    [SG_GITHUB_API] = {{"GITHUB_API_URL"},                                                    \
                       .otherwise = "https://api.github.com",                                 \
                       .is_place = true,                                                      \
                       .help = "the API"},                                                    \
    [SG_GITHUB_REPOSITORY] = {{"SOCKGRADE_GITHUB_REPOSITORY", "GITHUB_REPOSITORY"},           \
                              .needed = true,                                                 \
                              .is_place = true,                                               \
                              .help = "OWNER/NAME"},                                          \
    [SG_GITHUB_COMMIT] = {{"SOCKGRADE_GITHUB_SHA", "GITHUB_SHA"},                             \
                          .needed = true,                                                     \
                          .is_place = true,                                                   \
                          .help = "the commit, in full"},                                     \
    [SG_GITHUB_TOKEN] = {{"SOCKGRADE_GITHUB_TOKEN", "GITHUB_TOKEN"},                          \
                         .secret = true,                                                      \
                         .needed = true,                                                      \
                         .help = "a token with the permission '" permission "'"},             \
    [SG_GITHUB_REPORT_URL] = {{"SOCKGRADE_REPORT_URL"},                                       \
                              .help = "the page to link to; else the run of GitHub Actions"}, \
    [SG_GITHUB_SERVER_URL] = {{"GITHUB_SERVER_URL"},                                          \
                              .help = "set by GitHub Actions, with the next"},                \
    [SG_GITHUB_RUN_ID] = {{"GITHUB_RUN_ID"}, .help = "set by GitHub Actions"}

int sg_github_check(const struct sg_post_settings *values, struct sg_error *err);
/* The page to link to, which the caller frees; NULL: none. */
char *sg_github_page(const struct sg_post_settings *values);
/* Fills an empty request to a path below the repository, with its headers; the caller adds the
 * body. */
void sg_github_request(const struct sg_post_job *job, const char *method,
                       struct sg_post_request *ret, const char *path, ...)
    __attribute__((format(printf, 4, 5)));

#endif
