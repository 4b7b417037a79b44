/* SPDX-License-Identifier: MIT
 * A record: five fields in one line, '|' between. In a field '\|' stands for '|', and '\\' for '\'. */
#ifndef REFERENCE_RECORD_H
#define REFERENCE_RECORD_H

#include <stddef.h>

enum { RECORD_FIELDS = 5 };

/* Writes a field of a line: `length` bytes with a '\' before each '|' and '\'. Returns how many bytes were
 * written to `room`, at most twice as many. */
size_t record_escape(const char *field, size_t length, char *room);

/* How many bytes the body, the last of the five fields, stands for, in a line without its end. -1 where the
 * line is no record; *ret_why says why. */
long record_body_length(const char *line, size_t length, const char **ret_why);

#endif
