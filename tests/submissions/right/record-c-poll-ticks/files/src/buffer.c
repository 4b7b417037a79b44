#include "buffer.h"
#include <stdlib.h>
#include <string.h>

char *buffer_room(struct buffer *b, size_t want)
{
    if (b->cap - b->end >= want)
        return b->mem + b->end;
    if (b->start) {
        memmove(b->mem, b->mem + b->start, b->end - b->start);
        b->end -= b->start;
        b->start = 0;
    }
    if (b->cap - b->end < want) {
        size_t cap = b->cap ? b->cap : 4096;
        while (cap - b->end < want)
            cap *= 2;
        char *mem = realloc(b->mem, cap);
        if (!mem)
            return NULL;
        b->mem = mem;
        b->cap = cap;
    }
    return b->mem + b->end;
}

int buffer_put(struct buffer *b, const char *p, size_t n)
{
    char *to = buffer_room(b, n);
    if (!to)
        return -1;
    memcpy(to, p, n);
    b->end += n;
    return 0;
}

void buffer_eat(struct buffer *b, size_t n)
{
    b->start += n;
    if (b->start == b->end)
        b->start = b->end = 0;
}

void buffer_free(struct buffer *b)
{
    free(b->mem);
}
