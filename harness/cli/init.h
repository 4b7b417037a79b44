/* SPDX-License-Identifier: MIT
 * The starts that `sockgrade init` copies. */
#ifndef SG_CLI_INIT_H
#define SG_CLI_INIT_H

#include <stdbool.h>

/* Whether there is one for an assignment. */
bool sg_init_has_start(const char *id);

#endif
