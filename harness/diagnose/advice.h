/* SPDX-License-Identifier: MIT
 * What to do about a diagnosis, in one or two sentences. */
#ifndef SG_DIAGNOSE_ADVICE_H
#define SG_DIAGNOSE_ADVICE_H

#include "result/codes.h"

/* Never NULL. */
const char *sg_advice(enum sg_code code);

#endif
