/* SPDX-License-Identifier: MIT
 * Compilers and interpreters that do not come from the system's packages: where the caller's PATH
 * has them. */
#ifndef SG_PROGRAM_TOOLCHAINS_H
#define SG_PROGRAM_TOOLCHAINS_H

#include "base/error.h"
#include "program/words.h"

/* A zeroed struct is empty. */
struct sg_toolchains {
    struct sg_words_list
        folders;  /* below the caller's home: programs may read them, at their own place */
    char *path;   /* the PATH of programs; owned */
    char *rustup; /* RUSTUP_HOME; owned, NULL: there is none */
};

/* Looks through the PATH and the home of the calling process. Of the home only what installers of
 * languages make is taken (rustup's, nvm's and SDKMAN's folders), and no folder in which one of
 * them keeps a secret. */
void sg_toolchains_find(struct sg_toolchains *ret);
/* Where the caller is root, whose home nobody else may enter: makes of it, for this process alone
 * (it has one thread), a home that holds these folders and nothing else, which all may enter. Else
 * does nothing. */
int sg_toolchains_open_home(struct sg_error *err);
void sg_toolchains_done(struct sg_toolchains *toolchains);
/* Where the first program of this name is, for the caller to free; NULL: nowhere. */
char *sg_toolchains_which(const struct sg_toolchains *toolchains, const char *name);

#endif
