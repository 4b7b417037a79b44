#ifndef LOOP_H
#define LOOP_H
#include <stdint.h>

struct watch;
typedef void (*watch_cb)(struct watch *w, uint32_t events);

struct watch {
    int fd;
    uint32_t mask;
    watch_cb cb;
    int dead;
    struct watch *next_dead;
};

int  loop_init(void);
int  loop_add(struct watch *w, int fd, uint32_t mask, watch_cb cb);
void loop_mask(struct watch *w, uint32_t mask);
void loop_drop(struct watch *w);
void loop_stop(void);
int  loop_run(void (*release)(struct watch *w));

#endif
