/* SPDX-License-Identifier: MIT
 * What a case plays: the bytes that are sent and expected, how they are cut, and who does what with
 * them, step by step. */
#ifndef SG_SPEC_PLAY_H
#define SG_SPEC_PLAY_H

#include "spec/schema.h"

enum { SG_FRAME_HEADER = 4 }; /* bytes of a frame's length */
enum { SG_NUMBER_BYTES = 4 }; /* … of a datagram's number */

enum sg_data_form {
    SG_DATA_LITERAL = 1,
    SG_DATA_PIECES, /* one after the other */
    SG_DATA_HEX,
    SG_DATA_RANDOM,        /* `size` bytes out of `alphabet` */
    SG_DATA_WORDS,         /* `count` words of letters a to z, blanks between */
    SG_DATA_EVERY_BYTE,    /* the values 0 to 255, without those in `but` */
    SG_DATA_REPEAT,        /* `of`, `count` times */
    SG_DATA_REF,           /* what `target` is defined as under `data` */
    SG_DATA_RECEIVED,      /* all that peer `target` has received so far */
    SG_DATA_SENT,          /* all that peer `target` has sent so far */
    SG_DATA_CAESAR_ANSWER, /* the right answer to the Caesar request `of` */
    SG_DATA_HALF,          /* the first half of `of` */
    SG_DATA_REST,          /* what the first half of `of` leaves */
    SG_DATA_FRAME,         /* the length of `of` in four bytes, big-endian, and `of` */
    SG_DATA_PAYLOAD,       /* the frame `of` without its length */
    SG_DATA_ALTERED,       /* `of` with other letters and digits */
    SG_DATA_NUMBER,        /* a number of `numbers`, in decimal digits */
    SG_DATA_BIG_ENDIAN,    /* the decimal number `of` in two bytes */
    SG_DATA_LITTLE_ENDIAN, /* … the other way round */
    SG_DATA_NUMBERED,      /* `number` in four bytes, big-endian, and `of` (may be NULL) */
    SG_DATA_RECORD,        /* `pieces` as the fields of a line, escaped, '|' between */
    SG_DATA_RECORD_ANSWER, /* the right answers to the records `of` */
    SG_DATA_LINE_TEXT,     /* `of` without the line end behind it */
    SG_DATA_EACH,          /* `of`, drawn anew for each peer */
};

/* Bytes that a case sends or expects. Generated when the case runs, from its seed. */
struct sg_data {
    const struct sg_node *node;
    const char *name; /* of the definition under `data` */
    const struct sg_node *name_node;
    const char *target; /* the definition or the peer that it refers to */
    int form;
    struct sg_slice literal;
    struct {
        struct sg_data *items;
        size_t count;
    } pieces;
    const char *hex;
    uint64_t size;
    int64_t count;
    struct sg_range numbers;
    int64_t number;       /* of a datagram, counted from 0 for the first */
    const char *alphabet; /* ranges: "a-z0-9 ."; NULL: every byte value */
    bool every_byte;
    struct sg_slice but;
    struct sg_data *of;
    bool broken; /* something in it was wrong, and has been complained of */
};

enum sg_split_form {
    SG_SPLIT_WHOLE = 0, /* one piece */
    SG_SPLIT_SIZES,     /* pieces of these sizes, the rest behind them */
    SG_SPLIT_BYTES,     /* one byte at a time */
    SG_SPLIT_CHUNKS,    /* pieces of `size` */
    SG_SPLIT_PARTS,     /* `count` pieces of about the same size */
    SG_SPLIT_AROUND,    /* each `mark` a piece of its own */
};

/* How a message is cut into segments. Each is sent when the program has taken the one before. */
struct sg_split {
    int form;
    struct {
        uint64_t *items;
        size_t count;
    } sizes;
    uint64_t size;
    int64_t count;
    struct sg_slice mark;
};

enum sg_action {
    SG_ACT_CONNECT = 1,
    SG_ACT_JOIN,
    SG_ACT_JOIN_IN_PIECES,
    SG_ACT_SEND,
    SG_ACT_EXPECT,
    SG_ACT_EXPECT_LINE,
    SG_ACT_EXPECT_OTHERS,
    SG_ACT_EXPECT_MESSAGE,
    SG_ACT_EXPECT_EOF,
    SG_ACT_EXPECT_CLOSED,
    SG_ACT_EXPECT_SOMETHING,
    SG_ACT_EXPECT_OVER,
    SG_ACT_EXPECT_UNTERMINATED,
    SG_ACT_QUIET,
    SG_ACT_KEEP_WAITING,
    SG_ACT_EXPECT_NO_MORE,
    SG_ACT_EXPECT_NO_RESET,
    SG_ACT_SHUTDOWN,
    SG_ACT_CLOSE,
    SG_ACT_RESET,
    SG_ACT_STOP_READING,
    SG_ACT_READ_SLOWLY,
    SG_ACT_RESUME_READING,
    SG_ACT_LISTEN,
    SG_ACT_ACCEPT,
    SG_ACT_EXPECT_NO_OTHER,
    SG_ACT_START,
    SG_ACT_FREEZE,
    SG_ACT_THAW,
    SG_ACT_KILL,
    SG_ACT_RESTART,
    SG_ACT_SIGNAL,
    SG_ACT_HOLD_EXITS,
    SG_ACT_LET_EXIT,
    SG_ACT_INPUT,
    SG_ACT_CLOSE_STDIN,
    SG_ACT_EXPECT_OUTPUT,
    SG_ACT_EXPECT_PRINTED,
    SG_ACT_EXPECT_BYTES,
    SG_ACT_EXPECT_NUMBERS,
    SG_ACT_EXPECT_PORTS,
    SG_ACT_EXPECT_RESULTS,
    SG_ACT_EXPECT_REPLIES,
    SG_ACT_EXPECT_SEGMENTS,
    SG_ACT_EXPECT_FILE,
    SG_ACT_EXPECT_EXIT,
    SG_ACT_EXPECT_FAILURE,
    SG_ACT_EXPECT_END,
    SG_ACT_HONOURS_ARGUMENTS,
    SG_ACT_RUNNING,
    SG_ACT_IDLE,
    SG_ACT_STEADY,
    SG_ACT_REPEAT,
    SG_ACT_ANSWER,
    SG_ACT_EXPECT_REQUESTS,
    SG_ACT_TRANSMIT,
    SG_ACT_END, /* one past the last */
};

/* Who may do what: bits of sg_action_info.actors. */
enum sg_actor_kind {
    SG_ACTOR_CLIENT = 1,    /* a peer that connects to the student's server */
    SG_ACTOR_SERVER = 2,    /* a peer that the student's client connects to */
    SG_ACTOR_PROGRAM = 4,   /* a program under examination, or a reference program */
    SG_ACTOR_NOBODY = 8,    /* `repeat` */
    SG_ACTOR_STRANGER = 16, /* a peer that the student's client has not asked for anything */
    SG_ACTOR_HOST = 32,     /* another machine on the program's network */
};

/* What a host does with an echo request. */
enum sg_echo_answer {
    SG_ECHO_RIGHT = 1,
    SG_ECHO_LOST,
    SG_ECHO_WRONG_ID,
    SG_ECHO_WRONG_SEQUENCE,
    SG_ECHO_REQUEST,
    SG_ECHO_OTHER_FIRST,
    SG_ECHO_OPTIONS,
};

struct sg_action_info {
    const char *word;
    unsigned actors;
    bool expects; /* proves something, so that a case with it can fail */
    const char *help;
};

/* The row of `action`, which is one of enum sg_action. */
const struct sg_action_info *sg_action_info(int action);

enum sg_exit_form {
    SG_EXIT_ANY = -1,
    SG_EXIT_NONZERO = -2,
};

enum sg_resource {
    SG_RESOURCE_DESCRIPTORS = 1,
    SG_RESOURCE_PROCESSES,
    SG_RESOURCE_MEMORY,
};

/* What a host transmits, and what its headers have more than they need. */
enum sg_packet_kind {
    SG_PACKET_TCP,
    SG_PACKET_UDP,
    SG_PACKET_ICMP,
    SG_PACKET_ARP,
};
enum sg_packet_options {
    SG_OPTIONS_NONE,
    SG_OPTIONS_IP,
    SG_OPTIONS_TCP,
    SG_OPTIONS_BOTH,
};

/* The streams that a program prints to. */
enum sg_stream {
    SG_STREAM_STDOUT = 1,
    SG_STREAM_STDERR,
};

struct sg_argument {
    const char *name; /* without the '$' */
    const struct sg_node *name_node;
    struct sg_data data;
};

struct sg_steps {
    struct sg_step *items;
    size_t count;
};

/* One event of a play: who does what. */
struct sg_step {
    const struct sg_node *node;
    const char *actor; /* "c", "c2", "c*" for all of a group, "repeat" */
    const struct sg_node *actor_node;
    int action;
    struct sg_data data;   /* send, expect, …, input, expect_printed, expect_file */
    struct sg_split split; /* send */
    int from;   /* expect: SG_ACTOR_SERVER where the source of a datagram counts; 0: any */
    int stream; /* expect_printed, expect_numbers: the one where it has to be; 0: any */
    struct {
        int64_t *items;
        size_t count;
    } numbers; /* expect_numbers; expect_replies: of the requests, from 1 */
    struct {
        const char **items;
        size_t count;
    } ports;               /* expect_ports: the peers whose ports it finds open */
    struct sg_range among; /* expect_ports */
    bool once;             /* expect_ports: no line of an open port comes twice */
    int instead; /* expect_printed: SG_ACT_EXPECT_FAILURE where the program may fail as well; 0 */
    const char *file;    /* expect_file: its name in the program's directory */
    int64_t exit_status; /* expect_exit: a status or an enum sg_exit_form */
    int signal;          /* signal */
    struct {
        struct sg_argument *items;
        size_t count;
    } arguments;          /* start */
    const char *to;       /* transmit: a host */
    int packet;           /* transmit: enum sg_packet_kind */
    int options;          /* transmit: enum sg_packet_options */
    uint64_t size;        /* read_slowly: bytes at a time */
    uint64_t duration_ns; /* keep_waiting */
    struct {
        int *items;
        size_t count;
    } resources;   /* steady */
    int64_t times; /* repeat; expect_requests, expect_segments: how many */
    struct {
        int *items; /* enum sg_echo_answer */
        size_t count;
    } answers;            /* answer: to the first request, the second, … */
    struct sg_steps play; /* repeat */
};

#endif
