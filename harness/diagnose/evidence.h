/* SPDX-License-Identifier: MIT
 * What is known about a case that failed: the facts that the rules reason from.
 *
 * The examiner fills it before anything is torn down; nothing here is owned. */
#ifndef SG_DIAGNOSE_EVIDENCE_H
#define SG_DIAGNOSE_EVIDENCE_H

#include "program/proc.h"
#include "program/process.h"
#include "program/spin.h"
#include "program/still.h"
#include "program/usage.h"
#include "program/where.h"
#include "result/result.h"
#include "spec/assignment.h"
#include "wire/connection.h"
#include "wire/datagram.h"
#include "wire/frame.h"

/* What went wrong, before anyone asks why. */
enum sg_failure_kind {
    SG_FAILURE_NONE,
    SG_FAILURE_NO_PROGRAM,    /* the submission has none for the role; `found_message` */
    SG_FAILURE_BUILD,         /* its build failed */
    SG_FAILURE_START,         /* it could not be executed, or ended, before it listened */
    SG_FAILURE_NOT_LISTENING, /* it runs and does not listen */
    SG_FAILURE_REFUSED,       /* a connection to it was refused */
    SG_FAILURE_BACKLOG,       /* its backlog is full, and stays full */
    SG_FAILURE_SOURCE,        /* a datagram came from elsewhere than expected */
    SG_FAILURE_NOTHING,       /* not a byte came */
    SG_FAILURE_LOST,          /* what a short send left over never came: `cut_send` */
    SG_FAILURE_AGAIN,         /* sends behind a short one began with its first byte: `cut_send` */
    SG_FAILURE_MORE,          /* … asked for all again, and more came than that: `cut_send` */
    SG_FAILURE_DATA,          /* other bytes than expected, or fewer */
    SG_FAILURE_EXTRA,         /* bytes where none were expected */
    SG_FAILURE_NOT_ENDED,     /* the stream stayed open */
    SG_FAILURE_RESET,         /* a reset where an orderly end was expected */
    SG_FAILURE_ENDED,         /* the stream ended where it had to stay open */
    SG_FAILURE_NOT_ACCEPTED,  /* the client did not connect */
    SG_FAILURE_CONNECTED_AGAIN,
    SG_FAILURE_MESSAGE,     /* the client's message is another one, or incomplete */
    SG_FAILURE_FILE,        /* what a program had to write into a file is not there */
    SG_FAILURE_PRINTED,     /* the client's output lacks the answer */
    SG_FAILURE_EXIT_STATUS, /* it ended otherwise than expected */
    SG_FAILURE_STILL_RUNS,  /* it had to end */
    SG_FAILURE_SILENT,      /* it failed without a word on standard error */
    SG_FAILURE_NOT_RUNNING, /* it had to run on */
    SG_FAILURE_BUSY,        /* it uses the processor while idle */
    SG_FAILURE_GROWS,       /* a resource grew with each repetition: `resource` */
    SG_FAILURE_ARGUMENTS,   /* it does not obey its arguments */
    SG_FAILURE_REQUESTS,    /* not the echo requests that had to come: `echo` */
    SG_FAILURE_NO_SOCKET,   /* it has made no packet socket */
    SG_FAILURE_EXCESS,      /* it went beyond a limit, and nothing else failed */
};

/* How a wait came to its end without what was waited for. */
enum sg_outcome {
    SG_OUTCOME_MET,
    SG_OUTCOME_STILL, /* proven: nothing more would have come */
    SG_OUTCOME_GONE,  /* the program has ended */
    SG_OUTCOME_LATE,  /* idle beyond the deadline, without a proof */
    SG_OUTCOME_BUSY,  /* it used its processor time up */
};

/* What a probe changes about a case that failed (exam/probe.h). */
enum sg_probe {
    SG_PROBE_NONE,
    SG_PROBE_NO_FAULTS,  /* no call is interfered with */
    SG_PROBE_WHOLE,      /* every message is sent in one piece */
    SG_PROBE_HALF_CLOSE, /* the client ends its stream before it expects an answer */
    SG_PROBE_STAY_OPEN,  /* the client does not end its stream */
    SG_PROBE_ALL_STAY,   /* no client ends its stream: does one that is busy rest then? */
    SG_PROBE_LINE_END,   /* a line end is sent behind each message */
    SG_PROBE_SWAPPED,    /* the lengths of all frames have their bytes in the other order */
    SG_PROBE_LOW,        /* frames are longer, and all bytes of their lengths less than 0x80 */
    SG_PROBE_ASCII,      /* '#' stands for each byte above 0x7f */
    SG_PROBE_AGAIN,      /* nothing: does it fail as before? */
    SG_PROBE_RESTARTS,   /* its signal handlers are set with SA_RESTART */
    SG_PROBE_ALONE,      /* no other client has been there */
    SG_PROBE_READS,      /* clients send little at a time and read at once; usual buffers */
    SG_PROBE_RESUMES,    /* members that do not read go on reading when a line does not come */
    SG_PROBE_TRACED,     /* the ends of all its processes are watched, and where they are made */
    SG_PROBE_END,
};

/* How a program is started; found out once per submission (exam/way.h). */
enum sg_way_form {
    SG_WAY_UNKNOWN,
    SG_WAY_ALL,      /* with all arguments of the assignment */
    SG_WAY_ADDRESS,  /* with host and port, and not the message */
    SG_WAY_PORT,     /* with the port alone */
    SG_WAY_MESSAGE,  /* with the message alone */
    SG_WAY_NONE,     /* with none */
    SG_WAY_MANIFEST, /* as submission.yaml says */
};

enum sg_message_source {
    SG_MESSAGE_GIVEN, /* the client sends its argument */
    SG_MESSAGE_FED,   /* it reads it from its standard input */
    SG_MESSAGE_FIXED, /* it has one in its source */
};

struct sg_way {
    enum sg_way_form form;
    bool honours_address; /* listens on, or connects to, the port (and host) that it was given */
    bool swapped_port;    /* … to the port with its bytes swapped */
    enum sg_message_source message;
    uint32_t first_number; /* a server's: of the first datagram that it takes, 0 or 1 */
    bool bare_end;         /* … and an empty datagram, without a number, is the end for it */
    bool wrong_port;       /* … to another one, which is not fixed either */
    uint16_t given_port, found_port;
    char given_host[64], found_host[64]; /* a client's; of local sockets, the files */
    char shown[256];                     /* "./server HOST PORT" */
};

/* A call of the judged program that was interfered with. */
enum { SG_MOST_PLACES = 16 };

struct sg_fault_seen {
    uint64_t at_ns;   /* since the case began */
    int connection;   /* its number; 0: not known */
    const char *name; /* "send" */
    size_t wanted;    /* bytes that the program gave it */
    size_t took;      /* bytes that it took */
    int error;        /* the errno that it failed with instead; 0: none */
};

/* The program that is judged, as it was when the case failed. */
struct sg_program_evidence {
    const char *name;
    const char *folder; /* its copy of the submission */
    const struct sg_way *way;
    const struct sg_process *process; /* its end, its output */
    const struct sg_still *still;     /* where its threads wait; NULL: not looked */
    int exec_errno;
    bool listening;
    bool listens_to_streams; /* for connections, where datagrams are expected */
    bool defers_accept;      /* its listener has TCP_DEFER_ACCEPT */
    bool sends_nowhere;      /* it sent a datagram to what is no address, of so many bytes: */
    size_t no_address_bytes;
    const union sg_address *address;    /* where it listens or listened */
    const union sg_address *given_host; /* where it was told to, without a port */
    int bind_errno;                     /* of its last bind() that failed; 0: none did */
    const union sg_address *bind_address;
    bool killed_by_us;
    uint64_t ended_ns;            /* when its end was seen, since the case began */
    bool interruptible;           /* it handles a signal that comes by itself without SA_RESTART */
    bool was_frozen;              /* it was stopped and continued in the case */
    const struct sg_where *where; /* where in its source it waits; NULL: not known */
    enum sg_wait_target where_waits_for; /* … and for what */
    struct sg_spin spin;                 /* what a busy thread of it was seen doing */
    char *const *refused; /* calls that no submission may make, and that it made: "mount()" */
    size_t refused_count;
    enum sg_excess excess; /* the limit that it went beyond */
};

/* What is wrong with what a program printed, where facts were looked for in it. */
enum sg_printed_fault {
    SG_PRINTED_LACKS = 1,    /* it does not hold what was expected */
    SG_PRINTED_OTHER_STREAM, /* … but the other stream does */
    SG_PRINTED_BOTH_STREAMS, /* it stands on both, and belongs on one */
    SG_PRINTED_AGAIN,        /* it makes up several lines, `lines` */
    SG_PRINTED_ZERO,         /* a zero byte stands with it */
    SG_PRINTED_TOO_EARLY,    /* it stands before what should come first */
    SG_PRINTED_SWAPPED,      /* bytes in the other order: the second piece first */
    SG_PRINTED_ONE_ORDER,    /* bytes in one order, twice */
    SG_PRINTED_OTHER_NUMBER, /* the bytes of another number: `number` */
    SG_PRINTED_PORTS,        /* other ports than those that are open */
    SG_PRINTED_RESULTS,      /* other results than the look-up has */
    SG_PRINTED_SEGMENTS,     /* other packets than the segments that came: `segment`, `other` */
    SG_PRINTED_REPLIES,      /* not a line for each reply: `found` instead of `results` */
};

enum { SG_MOST_PORTS_TOLD = 8 };

/* Some ports out of a number of them, in rising order. */
struct sg_port_list {
    size_t count;
    uint16_t first[SG_MOST_PORTS_TOLD];
    uint16_t last;
};

/* A packet that a host has transmitted. */
struct sg_segment_sent {
    struct in_addr from, to;
    uint16_t from_port, to_port;
    bool is_tcp;
    bool ip_options, tcp_options;
    size_t data_length, packet_length;
};

/* What is wrong with the first segment that is not told of rightly. */
enum sg_segment_fault {
    SG_SEGMENT_NONE,
    SG_SEGMENT_MISSING,
    SG_SEGMENT_PORT_ORDER, /* the bytes of its ports are swapped */
    SG_SEGMENT_PORTS,
    SG_SEGMENT_ADDRESSES,
    SG_SEGMENT_DIRECTION, /* destination for source */
    SG_SEGMENT_LENGTH,
};

struct sg_printed_evidence {
    enum sg_printed_fault fault; /* 0: not such a matter */
    enum sg_stream stream;       /* where it belongs */
    bool little_endian;          /* ONE_ORDER: which */
    int number;                  /* OTHER_NUMBER */
    size_t lines;                /* AGAIN: how many */
    struct sg_range among;       /* PORTS: what the program was asked for */
    struct sg_port_list open, missing, closed, outside, hung_up;
    bool crowded;
    size_t results, found; /* RESULTS: how many there are, and were printed */
    size_t wrong;          /* … which was the first that is wrong, from 1; 0: none */
    const char *part;      /* … and what of it: "type" */
    char wanted[128];      /* … what it has to be: "SOCK_DGRAM" */
    bool only_ipv4;        /* … all of IPv4 are there, and none of IPv6 */
    bool unordered;        /* … the addresses are there in another order */
    /* SEGMENTS: `wrong` of `results` is the first that is wrong. */
    enum sg_segment_fault segment_fault;
    const struct sg_segment_sent *segment; /* … which it is; NULL: none is */
    const struct sg_segment_sent *other;   /* one that was told of, and should not be; NULL */
};

/* An echo request that came to a host. */
struct sg_echo_seen {
    uint16_t id, sequence;
    bool bad_checksum, swapped_checksum;
    int answer; /* enum sg_echo_answer; 0: it got none, and was to get none */
};

/* All of them. */
struct sg_echo_evidence {
    const struct sg_echo_seen *seen;
    size_t requests, wanted; /* how many came, and had to, where that was expected */
    size_t bad_checksums, swapped_checksums;
    size_t repeated; /* the first whose number another had before it, from 1; 0: none */
    size_t strays;   /* packets to addresses where nobody is, the last of them this … */
    struct in_addr stray;
    size_t others;                         /* … and to a host, that are no echo requests */
    size_t other_sockets;                  /* NO_SOCKET: raw ones of IPv4 that it has instead */
    const struct sg_segment_sent *packets; /* what hosts have transmitted */
    size_t packet_count;
    size_t
        untold; /* the first segment that the program had to tell of and has not, from 1; 0: none */
};

/* What is wrong with what a member of a chat heard. */
enum sg_chat_fault {
    SG_CHAT_OWN = 1,   /* its own line */
    SG_CHAT_MIXED,     /* a line that begins as that of `from` and goes on as that of `with` */
    SG_CHAT_OVERTAKEN, /* the beginning of a line of `from`, and then later ones of it */
    SG_CHAT_CUT,       /* the beginning of a line of `from` */
    SG_CHAT_PREFIXED,  /* a line of `from`, with something before it */
    SG_CHAT_SKIPPED,   /* a line of `from`, and one that it said before is missing */
    SG_CHAT_AGAIN,     /* a line of `from` that had come before */
    SG_CHAT_STRANGE,   /* a line that nobody has said */
    SG_CHAT_MISSING,   /* a line of `from` did not come */
};

struct sg_chat_evidence {
    enum sg_chat_fault fault; /* 0: not such a matter */
    const struct sg_connection *from, *with;
    /* MISSING: takes nothing out of its socket, and the server has sent it more than goes in;
     * NULL: none. */
    const struct sg_connection *stuck;
    const struct sg_connection *named_in_pieces; /* who gave its name byte by byte; NULL: nobody */
    size_t unread;        /* MISSING: bytes of `from` that lie unread in the server's socket */
    size_t start;         /* … it begins here in what `from` has sent */
    size_t heard, others; /* … how many others it came to, of how many */
};

struct sg_evidence {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    enum sg_failure_kind kind;
    enum sg_outcome outcome;
    const struct sg_step *step;
    const char *found_message; /* NO_PROGRAM, BUILD: in words */
    bool build_exceeded;       /* BUILD: it went beyond a limit */
    struct sg_program_evidence program;

    /* The conversation that failed, and those before it in the order of their connections. */
    const struct sg_connection *connection; /* NULL: none */
    struct sg_connection *const *connections;
    size_t connection_count;
    size_t connection_index; /* of `connection` */
    /* The same over UDP; `socket` NULL: it is no matter of a datagram. */
    const struct sg_datagram_end *socket;
    struct sg_datagram_end *const *sockets;
    size_t socket_count;
    const struct sg_datagram *datagram; /* the one that was judged; NULL: none came */
    uint64_t unclaimed; /* datagrams of the program's whose port nobody had bound, where known */
    union sg_address asked;    /* whom `socket` had sent to */
    struct sg_slice expected;  /* what this expectation wanted */
    struct sg_slice got;       /* what came for it */
    size_t expected_start;     /* where it begins in all that the connection received */
    struct sg_slice given;     /* the message that the client was started with */
    struct sg_slice answer;    /* PRINTED: the answer that the client got */
    int expected_exit;         /* EXIT_STATUS: a status or an enum sg_exit_form */
    enum sg_resource resource; /* GROWS */
    size_t grown_from, grown_to, repetitions;
    struct sg_held held;            /* what most of its descriptors are, where they are too many */
    bool passes_with[SG_PROBE_END]; /* what failed is right where the probe changes the case */
    size_t waiting_clients;         /* connections of the client's that nobody has accepted */
    int child_killed_by;            /* the signal that ended a process of its own; 0: none */
    bool still_unread;   /* the program has not taken all that was sent to it, with its end */
    bool unaccepted;     /* … nor the connection itself */
    size_t unread_bytes; /* of a connection: what it has not taken, without the end */
    const struct sg_fault_seen *faults; /* in the order in which they happened */
    size_t fault_count;
    const struct sg_where *faulted; /* where the first SG_MOST_PLACES stand; line 0: not known */
    const struct sg_where
        *fell;       /* where a process of the program was when a signal ended it; or NULL */
    size_t cut_send; /* LOST, AGAIN, MORE: the index in `faults` of a send that shows it */
    struct sg_chat_evidence chat;       /* DATA: heard by a member of a chat */
    struct sg_printed_evidence printed; /* PRINTED: by a step that looked for facts */
    bool no_file;                       /* FILE: there is none */
    struct sg_echo_evidence echo;       /* where there are hosts */
    /* Datagrams between two programs that the path has kept away, and whether the last one of all
     * was. */
    size_t lost_datagrams;
    bool lost_last;
};

#endif
