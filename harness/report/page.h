/* SPDX-License-Identifier: MIT
 * A page of explanation, from its Markdown to a terminal. */
#ifndef SG_REPORT_PAGE_H
#define SG_REPORT_PAGE_H

#include "base/bytes.h"

/* Appends `page` as a terminal shows it: its title and headings stand out, fragments of programs
 * are set off by a line at their left. Knows of Markdown what the pages of explain/ use: headings,
 * fences, lists, code in backquotes. Lines keep their breaks. */
void sg_page_paint(struct sg_slice page, bool color, bool ascii, struct sg_bytes *out);

#endif
