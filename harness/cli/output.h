/* SPDX-License-Identifier: MIT
 * What commands print, and how they end. */
#ifndef SG_CLI_OUTPUT_H
#define SG_CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/error.h"
#include "cli/command.h"

/* Writes all of `text` to standard output. Returns SG_EXIT_ALL_PASSED; or SG_EXIT_MACHINE where it
 * could not be written, which has been said, unless its reader has simply gone. */
int sg_print(struct sg_slice text);
/* The same for printf text. */
int sg_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "sockgrade: text" on standard error; returns the exit status that the blame calls for. */
int sg_print_error(const struct sg_error *err);
/* "sockgrade: text" on standard error, about what is no error. */
void sg_remark(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* As sg_print_error, with word `word` of the command line where the input is to blame. */
int sg_print_error_at(struct sg_call *call, size_t word, const struct sg_error *err);
/* Where operand `index` stands in the command line, for the above. */
size_t sg_operand_word(const struct sg_call *call, size_t index);
/* All complaints on standard error; returns SG_EXIT_WRONG_INPUT. */
int sg_print_complaints(const struct sg_complaints *complaints);
/* Complains about operand `index` of the command, or that it is missing; about word `word` of the
 * command line. Both return SG_EXIT_WRONG_INPUT. */
int sg_refuse_operand(struct sg_call *call, size_t index, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int sg_refuse_word(struct sg_call *call, size_t word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends a row of a table: `left`, and from `column` on `text`, in as many lines as it takes;
 * below `left` where that reaches so far. */
void sg_add_row(struct sg_bytes *out, const char *left, size_t column, const char *text);

/* Appends `option`, a blank and a word for it, quoted where a shell would take it apart. Behind an
 * `option` of "" the word is an operand, and is kept from being taken for an option. */
void sg_add_word(struct sg_bytes *out, const char *option, const char *word);

/* Whether what goes to standard output is coloured, and whether its signs must be ASCII. */
bool sg_wants_color(const struct sg_options *options);
bool sg_wants_ascii(void);
/* "en" or "id": what --lang says, else the environment's locale. */
const char *sg_language(const struct sg_options *options);

/* A line on standard error that is written over, only where that is a terminal. */
void sg_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
void sg_progress_clear(void);

#endif
