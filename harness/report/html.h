/* SPDX-License-Identifier: MIT
 * What the files of the HTML report share: one page in one file that asks nothing of anybody. Each
 * file shows one part; all text that is not ours goes through the functions of html_text.c. */
#ifndef SG_REPORT_HTML_H
#define SG_REPORT_HTML_H

#include "report/report.h"

struct sg_html {
    struct sg_bytes *out;
    const struct sg_run *run;
    const struct sg_report_options *options;
    bool explained[SG_CODE_END]; /* these pages are in the file already */
};

/* A file of report/html/, made part of the program when it is built; `hash` is what a
 * Content-Security-Policy knows it by: "sha256-…". */
struct sg_html_file {
    const unsigned char *data;
    size_t length;
    const char *hash;
};
extern const struct sg_html_file sg_html_style, sg_html_script;
extern const struct sg_html_file sg_class_style, sg_class_script;

/* html.c: the head of a page up to and with <title>, whose policy allows this style and this script
 * alone; a file in its element. */
void sg_html_begin(struct sg_bytes *out, const char *language, const struct sg_html_file *style,
                   const struct sg_html_file *script);
void sg_html_add_file(struct sg_bytes *out, const char *element, const struct sg_html_file *file);

enum { SG_HTML_MOST = 4000 };

/* html_text.c: appends text that may hold anything, for an element or an attribute in quotes, with
 * what would be obeyed or unseen made visible; the first SG_HTML_MOST bytes of it, or `most`, and
 * how many more there are. */
void sg_html_text(struct sg_bytes *out, const char *text);
void sg_html_text_most(struct sg_bytes *out, const char *text, size_t most);
/* The same for bytes, with the ends of lines visible too. */
void sg_html_bytes(struct sg_bytes *out, struct sg_slice bytes);
/* Bytes as a table of offsets (from `start`), hexadecimal digits and text, for a <pre>; the byte at
 * offset `mark` stands out (SIZE_MAX: none). */
void sg_html_dump(struct sg_bytes *out, struct sg_slice bytes, size_t start, size_t mark);
/* Words of ours in the reader's language, escaped; what is filled in stands as it is: numbers, and
 * what is HTML. */
void sg_html_say(struct sg_bytes *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same as sg_html_text, to be filled in there; the caller frees it. */
char *sg_html_escaped(const char *text);

/* Whether more may be told of a case than its title, its points and the kind of its cause. */
bool sg_html_may_tell(const struct sg_html *page, const struct sg_case_result *result);

/* html_list.c: the sign and the word of a status; "3 of 5" or "not counted"; a mark where the case
 * is hidden; the list of all cases. */
void sg_html_sign(struct sg_bytes *out, enum sg_status status);
void sg_html_points(struct sg_bytes *out, const struct sg_case_result *result);
void sg_html_hidden(struct sg_bytes *out, const struct sg_case_result *result);
void sg_html_list(struct sg_html *page);

/* html_failure.c: the causes in short, and each in full. */
void sg_html_causes(struct sg_html *page);
void sg_html_failures(struct sg_html *page);
/* What was seen in case `index`: its sentence, the ladder, the difference, the source. */
void sg_html_seen(struct sg_html *page, size_t index);

/* html_ladder.c, html_events.c: the ladder drawn, and the same events as a list, with all their
 * bytes. */
void sg_html_ladder(struct sg_html *page, size_t index);
void sg_html_events(struct sg_html *page, size_t index);

/* html_difference.c: expected and got, as text and as bytes. */
void sg_html_difference(struct sg_bytes *out, const struct sg_difference *difference);

/* html_page.c: a page of explain/ (Markdown). */
void sg_html_explanation(struct sg_bytes *out, struct sg_slice page);

#endif
