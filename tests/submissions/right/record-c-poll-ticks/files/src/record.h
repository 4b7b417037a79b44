#ifndef RECORD_H
#define RECORD_H
#include <stddef.h>

/* Judges one line (without its newline); returns NULL and the size of the
   body, or the reason why the line is bad. */
const char *record_check(const char *line, size_t len, size_t *body);

#endif
