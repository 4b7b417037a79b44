/* SPDX-License-Identifier: MIT
 * From evidence to a diagnosis: the most specific code that the evidence proves. */
#ifndef SG_DIAGNOSE_DIAGNOSE_H
#define SG_DIAGNOSE_DIAGNOSE_H

#include "diagnose/evidence.h"

/* Fills *ret, which always gets a code and a message. */
void sg_diagnose(const struct sg_evidence *evidence, struct sg_diagnosis *ret);

#endif
