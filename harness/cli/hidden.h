/* SPDX-License-Identifier: MIT
 * What programs are not to see of this machine: who sees where it is graded from could read the
 * answers. */
#ifndef SG_CLI_HIDDEN_H
#define SG_CLI_HIDDEN_H

#include "program/words.h"
#include "spec/library.h"

/* Adds the folders of specs, the files of this one, and all reference programs. */
void sg_hidden_add(const struct sg_library *library, const struct sg_spec *spec,
                   struct sg_words_list *ret);

#endif
