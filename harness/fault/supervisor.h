/* SPDX-License-Identifier: MIT
 * Answers a program's calls that the filter stopped, and tells what they asked for and got. */
#ifndef SG_FAULT_SUPERVISOR_H
#define SG_FAULT_SUPERVISOR_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/random.h"
#include "fault/endings.h"
#include "fault/notice.h"
#include "fault/tracer.h"
#include "spec/assignment.h"
#include "wire/diag.h"
#include "wire/mapping.h"

enum sg_call_kind {
    SG_CALL_BIND,       /* about to be made; when done, `result` is 0 or an errno. A local socket's
                     * is made by the program itself, and nothing more is told of it */
    SG_CALL_LISTEN,     /* done, likewise; `address` is the socket's own */
    SG_CALL_BOUND,      /* a datagram socket is bound; `address` is its own */
    SG_CALL_SENDTO,     /* about to send a datagram to `address`, where `destinations` are noted */
    SG_CALL_NO_ADDRESS, /* … to one that is too short, of `wanted` bytes, or has no port */
    SG_CALL_CONNECT,    /* about to be made by the program itself */
    SG_CALL_TIMER,      /* about to arm a timer that /proc cannot show; `alarms`: it sends SIGALRM,
                      * `repeats`: again and again */
    SG_CALL_HANDLER,    /* about to handle the signal `signal`; `restarts`: with SA_RESTART */
    SG_CALL_FAULT,      /* interfered with: `name`, `wanted`, `result` */
    SG_CALL_REFUSED,    /* no submission may: `name` failed with `error`; of sockets, `family` */
};

struct sg_call {
    enum sg_call_kind kind;
    pid_t tid;
    int type;
    /* What the program named; LISTEN: the socket's own; FAULT: that of its other end. */
    union sg_address address;
    uint32_t inode; /* FAULT: of the program's socket; 0: not known */
    int result;
    int signal;
    bool restarts;
    bool alarms, repeats;
    const char *name; /* "send" */
    size_t wanted;    /* bytes that the program asked for */
    int error;        /* the errno that it got instead; 0: `result` bytes */
    int family;       /* its first argument */
    bool defers;      /* LISTEN: TCP_DEFER_ACCEPT: a client that says nothing is not accepted */
};

struct sg_supervisor {
    int fd;                   /* where notifications are read; -1: none */
    struct sg_tracer *tracer; /* that stops the calls instead; or NULL */
    /* Called before a call is made (so that an address can be made reachable), and after a bind, a
     * listen, or a fault, with its result. */
    void (*before)(void *state, const struct sg_call *call);
    void (*after)(void *state, const struct sg_call *call);
    /* Called when a traced thread, which is stopped, gets a signal that its own doing has brought
     * and that ends its program; NULL: nobody asks. */
    void (*falls)(void *state, pid_t tid);
    void *state;

    const struct sg_mapping *mapping; /* where addresses lead; may be off */
    bool datagrams;                   /* its protocol's messages are datagrams */
    bool destinations;                /* tells where they are sent to */
    const struct sg_diag *diag;       /* the socket tables of its network */
    bool local;         /* it speaks over local sockets: faults are of those with a name */
    bool small_buffers; /* its TCP sockets hold little that was not sent yet */
    /* The pipes that are its standard input, output and error; 0: there it has none. */
    ino_t standard[3];

    const struct sg_fault *faults; /* what to do to its calls; may be NULL */
    size_t fault_count;
    struct sg_random random;
    uint64_t seen[8];   /* calls that each fault could have met */
    size_t setups;      /* calls that were served and are no sends or receives */
    size_t fired;       /* calls that were interfered with */
    size_t indivisible; /* sends of a single byte, of which none can be left out */
    struct {
        uint32_t inode; /* of the socket whose send was cut last … */
        size_t left;    /* … what it did not take … */
        size_t cuts;    /* … and how many sends of that message have been cut */
    } rest;
    struct sg_endings endings; /* processes that are kept from ending */
    bool restarts_calls; /* handlers are given SA_RESTART: a probe of whether EINTR is to blame */
};

/* The traps that a list of faults needs (fault/filter.h). */
unsigned sg_supervisor_traps(const struct sg_fault *faults, size_t count);
/* Answers all calls that wait; true where there was one. Never blocks. */
bool sg_supervisor_serve(struct sg_supervisor *supervisor);
void sg_supervisor_close(struct sg_supervisor *supervisor);

/* For the engines. What is done about a call: it is answered, or goes on. */
void sg_supervisor_answer(struct sg_supervisor *supervisor, const struct sg_notice *notice);
/* The address that a bind or connect names; false where it cannot be read or is no internet one. */
bool sg_supervisor_read_address(const struct sg_notice *notice, union sg_address *ret);
/* The same of an address at `place`. */
bool sg_supervisor_read_name(const struct sg_notice *notice, uint64_t place, uint64_t length,
                             union sg_address *ret);
/* datagram.c: sends a datagram where the mapping leads; false where the call is none such. */
bool sg_lead_datagram(struct sg_supervisor *supervisor, const struct sg_notice *notice);
/* Tells of a call that was interfered with: `wanted` bytes and the result, or the error. */
void sg_supervisor_tell(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                        size_t wanted, int result, int error);
/* How many of the `length` bytes of a send are taken if it may take `most`: less than all, and not
 * by luck just what a loop has left that still asks for all (one more than `most`, if that is 1);
 * 0: it cannot be cut. */
size_t sg_supervisor_cut(struct sg_supervisor *supervisor, const struct sg_notice *notice,
                         size_t length, size_t most);
/* inject.c: interferes with a call of one of the sorts of enum sg_fault_call, or lets it go on. */
void sg_inject(struct sg_supervisor *supervisor, const struct sg_notice *notice, int sort);

#endif
