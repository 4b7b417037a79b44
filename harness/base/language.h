/* SPDX-License-Identifier: MIT
 * The language of what students read: gettext(3), with English in the source and a catalogue per
 * other language in po/. What is written for programs (ids, codes, words of the result file) and
 * for authors of specs is English. */
#ifndef SG_BASE_LANGUAGE_H
#define SG_BASE_LANGUAGE_H

#include <libintl.h>
#include <stddef.h>

#define _(text)  gettext(text)
#define N_(text) text /* marks a text that is given to _() elsewhere */

/* From now on _() gives texts in `language` ("en", "id"), from the catalogues in `folder` (NULL:
 * there are none). Works in any locale. Once per process, before it has threads. */
void sg_language_use(const char *language, const char *folder);
/* The language in which _() gives texts: "en" or "id". */
const char *sg_language_used(void);
/* What an English noun ends with where there are `count` of it; nothing in languages without a
 * plural form. */
const char *sg_plural_end(size_t count);

#endif
