#ifndef BUFFER_H
#define BUFFER_H
#include <stddef.h>

struct buffer {
    char *mem;
    size_t start, end, cap;
};

char  *buffer_room(struct buffer *b, size_t want);
int    buffer_put(struct buffer *b, const char *p, size_t n);
void   buffer_eat(struct buffer *b, size_t n);
void   buffer_free(struct buffer *b);
static inline size_t buffer_used(const struct buffer *b) { return b->end - b->start; }

#endif
