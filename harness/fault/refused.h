/* SPDX-License-Identifier: MIT
 * Calls that no submission needs, and that would only help one to leave its jail: they fail. */
#ifndef SG_FAULT_REFUSED_H
#define SG_FAULT_REFUSED_H

#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>

/* Which of the calls below are meant. */
enum sg_refused_when {
    SG_REFUSED_ALWAYS,
    SG_REFUSED_SILENTLY,   /* programs and their runtimes try it, and do without: nobody is told */
    SG_REFUSED_SERVED,     /* the supervisor answers it, where there is one */
    SG_REFUSED_UNJAILED,   /* only where nothing else keeps processes apart */
    SG_REFUSED_NAMESPACES, /* with a flag that asks for a new namespace */
    SG_REFUSED_FILTERS,    /* with the option that asks for a filter */
    SG_REFUSED_SOCKETS,    /* but for TCP, UDP, local sockets and the tables of routes */
};

struct sg_refused {
    long number;
    const char *name;
    enum sg_refused_when when;
    int error; /* what the call fails with */
};

/* In the order of their numbers. */
const struct sg_refused *sg_refused_calls(size_t *ret_count);
/* The row of a call that a filter has stopped; NULL where it is no refused one. */
const struct sg_refused *sg_refused_find(const struct seccomp_data *data);

#endif
