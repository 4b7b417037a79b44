/* SPDX-License-Identifier: MIT
 * What the files of one examination share: the actors of a case and the state of its play. */
#ifndef SG_EXAM_PARTS_H
#define SG_EXAM_PARTS_H

#include "base/random.h"
#include "diagnose/evidence.h"
#include "exam/request.h"
#include "fault/supervisor.h"
#include "program/process.h"
#include "program/spin.h"
#include "program/still.h"
#include "program/words.h"
#include "spec/data.h"
#include "wire/connection.h"
#include "wire/datagram.h"
#include "wire/diag.h"
#include "wire/link.h"
#include "wire/listener.h"
#include "wire/transcript.h"

enum { SG_MOST_PROGRAMS = 2, SG_MOST_VALUES = 16, SG_MOST_REFUSED = 8 };

/* What stands for a `$name` when a program is started. */
struct sg_exam_values {
    struct sg_word_value items[SG_MOST_VALUES];
    char *texts[SG_MOST_VALUES]; /* owned */
    size_t count;
};

/* A connect() that a program made. */
struct sg_asked {
    union sg_address address;
    int type;
};

/* A program of the case: the student's or the reference. */
struct sg_exam_program {
    struct sg_exam *exam;
    const struct sg_program *spec;
    int cast;
    const struct sg_way *way; /* how it is started */
    const struct sg_found *found;
    char *work; /* the folder that it runs in */
    struct sg_process process;
    struct sg_supervisor supervisor;
    struct sg_still still;
    bool started;
    int exec_errno;
    bool listening;
    bool listens_to_streams; /* it listens for connections */
    bool defers_accept;      /* its listener has TCP_DEFER_ACCEPT */
    bool sends_nowhere;      /* it sent a datagram to what is no address, of so many bytes: */
    size_t no_address_bytes;
    union sg_address address; /* where it listens */
    dev_t file_device;        /* of a local socket: the file that it was bound to, … */
    ino_t file_inode;         /* … which may get another name later; 0: not known */
    int bind_errno;
    union sg_address bind_address;
    struct sg_asked asked; /* its first connect() */
    size_t asked_count;
    struct sg_exam_values values;
    struct sg_bytes message;        /* the MESSAGE that it was given */
    char *refused[SG_MOST_REFUSED]; /* calls that it made and no submission may: "mount()"; owned */
    size_t refused_count;
    enum sg_excess excess; /* the limit that it went beyond */
    size_t lines_fed;
    bool killed_by_us;
    bool was_frozen;
    bool ticks;         /* a timer of its own sends it SIGALRM again and again */
    bool interruptible; /* it handles a signal that comes by itself without SA_RESTART */
    bool exit_logged;
    uint64_t ended_ns;
    size_t out_logged, err_logged; /* output that is in the transcript */
    uint64_t charged_run_ns;       /* of the wait in hand: what was read last */
    uint64_t charged_delay_ns;
    struct sg_where
        where;           /* where in its source it waited when the case failed; line 0: not known */
    struct sg_spin spin; /* the last one that was looked for */
    size_t shown[3];     /* by stream: how much of it has been expected and found */
};

/* One end that the examiner plays. */
struct sg_exam_peer {
    const struct sg_peer *spec;
    char name[72];
    struct sg_listener listener; /* of a server */
    int waiting[64];             /* accepted, not yet claimed by an `accept` step */
    size_t waiting_count;
    size_t accepted;                  /* how many connections came in all */
    uint16_t port;                    /* it listens on, where the spec gives it some; 0: none */
    int filler;                       /* of a silent one: what fills its backlog; 0: none */
    struct sg_connection *connection; /* the newest; NULL: none yet */
    struct sg_datagram_end *socket;   /* over UDP; NULL: none yet */
    struct in_addr machine;           /* of a host: its address */
    const struct sg_step *answers;    /* … what it makes of echo requests; NULL: nothing */
    size_t echo_count;                /* … that have come since */
    union sg_address other;           /* whom it sends to, or has sent to last */
    bool knows_other;
    bool has_ended; /* it has sent, or got, the empty datagram that ends a file (numbered.c) */
    bool joined;    /* it is a member of a chat (chat.c) … */
    bool names_in_pieces; /* … and its name came byte by byte */
    size_t *heard;        /* by peer: how much of what it has sent this one has heard; owned */
    size_t own_heard;     /* … of its own, where the server returns that */
};

/* A connection between two programs of the case, relayed by us so that it can be seen. */
struct sg_relayed {
    struct sg_connection *client, *server;
    size_t to_server, to_client; /* bytes passed on */
};

/* A client program's address, and our socket that speaks for it to the server program. */
struct sg_relayed_socket {
    union sg_address client;
    struct sg_datagram_end *back;
    uint8_t number[SG_NUMBER_BYTES]; /* of the client's newest datagram that has one */
    bool numbered;                   /* there is one */
};

/* One direction of the path between two programs. */
struct sg_lane {
    struct sg_random random; /* decides what becomes of each datagram */
    bool holds;              /* one waits for the next to overtake it … */
    struct sg_bytes held;
    struct sg_datagram_end *held_by; /* … which socket of ours sends it then, and where to */
    union sg_address held_to;
};

/* A datagram on its way between two programs. */
struct sg_travel {
    bool to_client;
    struct sg_datagram_end *from; /* the socket of ours that passes it on */
    union sg_address to;
    struct sg_slice bytes;
    bool certain; /* it passes, whatever else does */
};

/* Where a client program meets a server program. */
struct sg_relay {
    bool used;
    struct sg_listener listener;
    struct sg_relayed *items;
    size_t count;
    struct sg_datagram_end *front; /* over UDP: what the client sends to; NULL: none */
    struct sg_relayed_socket *sockets;
    size_t socket_count;
    struct sg_lane lanes[2]; /* to the server, to the client */
    size_t lost_in_a_row;    /* of both directions, since one came to the client */
    size_t lost_count;
    bool lost_last; /* the last one of all did not arrive */
};

/* Other machines, and what has come to them. */
struct sg_exam_hosts {
    bool used;
    struct sg_link link;
    struct in_addr own;         /* the program's address on the link */
    struct sg_exam_peer *first; /* whose address is $host */
    struct sg_echo_seen *requests;
    size_t request_count;
    size_t strays; /* packets to nobody … */
    struct in_addr stray;
    size_t others; /* … and to a host, that are no echo requests */
    bool late;     /* an answer of ours came so late that a program may have given up */
    struct sg_bytes frame;
    struct sg_segment_sent *segments; /* what hosts have transmitted */
    size_t segment_count;
};

/* Counts at a moment, for what must not grow. */
struct sg_sample {
    size_t descriptors;
    size_t processes; /* alive and ended */
    uint64_t memory;
};

struct sg_exam {
    const struct sg_exam_request *request;
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    struct sg_jail jail;
    struct sg_jail_files files;    /* what is seen in it instead of the host's … */
    struct sg_bytes file_texts[2]; /* … and what is in them */
    struct sg_diag diag;
    struct sg_tracer tracer;   /* of the programs' calls, where there is no listener for them */
    struct sg_mapping mapping; /* off where the case has a network of its own */
    struct sg_transcript transcript;
    uint16_t port;         /* that programs are given … */
    uint16_t relayed_port; /* … but for a server that a relay stands before */
    struct sg_exam_program programs[SG_MOST_PROGRAMS];
    size_t program_count;
    struct sg_exam_peer *peers;
    size_t peer_count;
    struct sg_relay relay;
    struct sg_exam_hosts hosts;
    struct sg_connection **connections;
    size_t connection_count;
    struct sg_datagram_end **sockets; /* all of ours over UDP */
    size_t socket_count;
    struct sg_data_context data;
    struct sg_sample first_sample; /* after the first repetition of the last `repeat` */
    size_t repetitions;
    size_t said;                 /* bytes that our ends of all connections have sent */
    size_t said_at_join;         /* bytes that members of a chat had said when one last joined */
    struct sg_evidence evidence; /* kind NONE: nothing has failed */
    struct sg_bytes expected;    /* what the failed expectation wanted */
    struct sg_bytes written;     /* what the last file that was looked at holds */
    bool inconclusive;
    char *reason;
    struct sg_fault_seen *faults; /* calls that were interfered with */
    size_t fault_count;
    struct sg_where faulted[SG_MOST_PLACES]; /* where the first of them stand; line 0: not known */
    struct sg_where
        fell; /* where the judged program, or a process of its, was when a signal ended it */
    size_t receives_cut;   /* messages that a program could only receive in parts */
    union sg_address host; /* that programs are given, without a port */
    bool numbers_known;    /* the first number of the client's datagrams has been seen */
    bool bare_end;         /* the judged program ends a file with an empty datagram: numbered.c */
    bool finishing;        /* a client's exit is waited for: its input ends, and what we serve it */
    bool used_up;     /* a wait ended because the programs had used all of their processor time */
    bool restless;    /* a program was seen to spin, or never to rest: that is waited for in vain */
    bool tireless;    /* … that it had so much time for it, and not that it spins, is known */
    bool awaits_rest; /* what a wait is for has come, and the programs only have to come to rest */
    bool rereads;    /* slow readers do not wait for rest: it spins in reads, or cannot be judged */
    bool progressed; /* bytes, connections or ends have come since the last look at it */
    bool in_flight;  /* bytes, or an end, were on their way when that was looked at last */
    uint64_t own_delay_ns;
    uint64_t spent_ns; /* idle time that all waits of the case were charged */
    uint64_t ran_ns;   /* processor time likewise */
};

#endif
