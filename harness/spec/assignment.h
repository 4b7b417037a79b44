/* SPDX-License-Identifier: MIT
 * An assignment as its spec file describes it: programs, peers, payload, and cases with their play.
 *
 * Plain data in one arena, made by language.c's tables; nothing here runs. Matrices (`for`) are
 * expanded: every case stands for itself. */
#ifndef SG_SPEC_ASSIGNMENT_H
#define SG_SPEC_ASSIGNMENT_H

#include "spec/schema.h"

/* A text for people, in English and perhaps in Indonesian. */
struct sg_words {
    const char *en;
    const char *id; /* NULL where there is none */
};

enum sg_role {
    SG_ROLE_SERVER = 1,
    SG_ROLE_CLIENT,
};

/* What the programs of an assignment speak. */
enum sg_transport {
    SG_TRANSPORT_TCP,
    SG_TRANSPORT_UDP,
    SG_TRANSPORT_UNIX, /* local stream sockets */
};

/* What a chat server does beyond passing lines on. */
enum sg_chat_custom {
    SG_CHAT_NAME = 1,
    SG_CHAT_NOTICES,
    SG_CHAT_OWN_LINES,
};

/* The two forms of a client that sends datagrams. */
enum sg_client_form {
    SG_FORM_UNCONNECTED = 1,
    SG_FORM_CONNECTED,
};

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
    SG_ACT_EXPECT_NO_MORE,
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
    int instead; /* expect_printed: SG_ACT_EXPECT_FAILURE where the program may fail as well; 0 */
    const char *file;    /* expect_file: its name in the program's directory */
    int64_t exit_status; /* expect_exit: a status or an enum sg_exit_form */
    int signal;          /* signal */
    struct {
        struct sg_argument *items;
        size_t count;
    } arguments;    /* start */
    const char *to; /* transmit: a host */
    int packet;     /* transmit: enum sg_packet_kind */
    int options;    /* transmit: enum sg_packet_options */
    uint64_t size;  /* read_slowly: bytes at a time */
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

struct sg_peer {
    const char *name;
    const struct sg_node *name_node;
    int kind;                /* a bit of enum sg_actor_kind */
    int64_t count;           /* a group's size; 0: no group */
    uint64_t receive_buffer; /* SO_RCVBUF before the connection is made; 0: the system's own */
    bool ends_first;         /* a server: ends its stream before the client does */
    struct sg_range ports;   /* it listens on one of these; most 0: on $port */
    bool elsewhere;          /* with `ports`: on another address of the machine than $host */
    bool hangs_up;           /* with `ports`: closes what it accepts at once */
    bool silent;             /* with `ports`: whoever connects gets no answer */
    bool broken;             /* something in it was wrong, and has been complained of */
};

struct sg_program {
    const char *name; /* "server", "client" */
    const struct sg_node *name_node;
    const struct sg_node *node;
    struct {
        const char **items;
        size_t count;
    } called; /* what students call it; the first is its word in reports. None: its name */
    struct {
        const char **items;
        size_t count;
    } arguments;      /* each a text or a "$name" */
    bool listens;     /* on $host $port: it is started before the play */
    bool raw_sockets; /* it may make them, in a network of the case's own */
    struct {
        struct sg_argument *items;
        size_t count;
    } values; /* of its arguments, where `start` gives none */
    struct {
        struct sg_data *items;
        size_t count;
    } files;     /* that lie in its directory when it starts, by their names */
    bool broken; /* something in it was wrong, and has been complained of */
};

enum sg_cast {
    SG_CAST_STUDENT = 1,
    SG_CAST_REFERENCE,
};

struct sg_casting {
    const char *name; /* of the program */
    const struct sg_node *name_node;
    int by;
};

/* Calls of a program that can be interfered with; each stands for all calls of its sort. */
enum sg_fault_call {
    SG_FAULT_SEND = 1, /* send, sendto, sendmsg, sendmmsg, write, writev, sendfile, splice */
    SG_FAULT_RECV,     /* recv, recvfrom, recvmsg, recvmmsg, read, readv */
    SG_FAULT_ACCEPT,
};

enum sg_fault_form {
    SG_FAULT_ACCEPTS = 1, /* a send takes only a part */
    SG_FAULT_GIVES,       /* a receive finds only a part */
    SG_FAULT_FAILS,       /* the call does nothing and fails */
};

/* What is done to a program's calls on its sockets. */
struct sg_fault {
    const struct sg_node *node;
    int call;
    int form;              /* enum sg_fault_form */
    struct sg_range bytes; /* accept, give: how many at the most; drawn anew for each call */
    int error;             /* fail: an errno */
    int64_t nth;           /* the n-th call only; 0: all that `every` leaves */
    int64_t every;         /* every n-th call; 0: each */
};

/* The faults of one program. */
struct sg_program_faults {
    const char *name;
    const struct sg_node *node;
    struct {
        struct sg_fault *items;
        size_t count;
    } list;
};

/* What happens to datagrams between two programs, in percent of them. */
struct sg_path {
    int64_t lose, duplicate, reorder;
};

struct sg_need {
    const char *id;
    const struct sg_node *node;
};

struct sg_hint {
    const char *code;
    struct sg_words say;
    const struct sg_node *node;
};

struct sg_case {
    const struct sg_node *node;
    const char *id;    /* as written */
    const char *label; /* of its combination; NULL where it has no matrix */
    const char *name;  /* "id" or "id[label]": unique in the assignment */
    struct sg_words title;
    const char *group;
    int role;
    int64_t points; /* thousandths; a matrix shares its case's points */
    int family;     /* AF_INET or AF_INET6 */
    int form;       /* the enum sg_client_form that it is about; 0: both */
    bool hidden;
    bool small_buffers;  /* the kernel's send buffers hold a few KiB */
    struct sg_path path; /* all 0: datagrams come as they were sent */
    bool broken;         /* something in it was wrong, and has been complained of */
    struct {
        struct sg_need *items;
        size_t count;
    } needs;
    struct {
        struct sg_casting *items;
        size_t count;
    } cast;
    struct {
        struct sg_data *items;
        size_t count;
    } data;
    struct {
        struct sg_program_faults *items;
        size_t count;
    } faults;
    struct sg_steps play;
    struct {
        struct sg_hint *items;
        size_t count;
    } hints;
    const struct sg_node *matrix;
};

struct sg_group {
    const char *name;
    struct sg_words title;
};

struct sg_total {
    const char *name; /* of the role */
    const struct sg_node *name_node;
    const struct sg_node *node;
    int64_t points;
};

struct sg_assignment {
    const struct sg_node *node;
    int64_t version;
    const char *id;
    bool abstract;       /* only to be extended */
    const char *extends; /* id of the spec that this one adds to; NULL: none */
    struct sg_words title;
    struct sg_words about;
    int transport;          /* enum sg_transport */
    struct sg_slice mark;   /* what ends a message; empty where nothing does */
    uint64_t longest_frame; /* a message is a frame of at most so many bytes; 0: it is none */
    uint64_t reply_ns;      /* how long a program may be idle before an answer */
    struct {
        struct sg_program *items;
        size_t count;
    } programs;
    struct {
        struct sg_peer *items;
        size_t count;
    } peers;
    struct {
        struct sg_data *items;
        size_t count;
    } data;
    struct {
        struct sg_data *items;
        size_t count;
    } files; /* what programs see as /etc/hosts and the like, by name */
    struct {
        struct sg_group *items;
        size_t count;
    } groups;
    struct {
        struct sg_total *items;
        size_t count;
    } totals;
    struct {
        struct sg_case *items;
        size_t count;
    } cases;
    struct {
        struct sg_need *items;
        size_t count;
    } drop, hide;      /* of the extended spec's cases */
    const char *twins; /* the path of the file that it is proven with; NULL: none */
};

/* The word of an enum sg_echo_answer: "wrong_id". */
const char *sg_echo_answer_word(int answer);
const char *sg_packet_kind_word(int kind);
const char *sg_packet_options_word(int options);
/* A peer is another machine, and the case's network has a link to it. */
bool sg_assignment_has_hosts(const struct sg_assignment *assignment);
/* A program may make raw sockets. */
bool sg_assignment_is_raw(const struct sg_assignment *assignment);
/* The root of the tables, for the loader, the documentation and the JSON Schema. */
extern const struct sg_type sg_type_assignment;

/* The value of argument `name`: what `step` (may be NULL) gives, else what the program has for all
 * cases; NULL where there is neither. */
const struct sg_data *sg_program_value(const struct sg_program *program, const struct sg_step *step,
                                       const char *name);
const struct sg_program *sg_assignment_program(const struct sg_assignment *assignment,
                                               const char *name);
/* What to call a program in words: "scan", where it is called so, else "client". */
const char *sg_program_word(const struct sg_program *program);
/* Whether this argument ("port") says where a server is. */
bool sg_word_is_address(const char *name);
/* Whether the program serves or asks on $port, or on $path. One that does not is started as it is, and not searched. */
bool sg_program_has_port(const struct sg_program *program);
/* Whether `name` is the program's own or one that it is called by. */
bool sg_program_is_called(const struct sg_program *program, const char *name);
/* A plain name of a file, in no folder below. */
bool sg_file_name_valid(const char *name);
/* Whether `name` names this peer, or a member of this group ("c2"). */
bool sg_peer_is_called(const struct sg_peer *peer, const char *name);
const struct sg_peer *sg_assignment_peer(const struct sg_assignment *assignment, const char *name);
/* The definition of payload `name` as `one` (may be NULL) sees it: its own first. */
const struct sg_data *sg_assignment_data(const struct sg_assignment *assignment,
                                         const struct sg_case *one, const char *name);
/* The words in the language in use (base/language.h), in English where they are in no other. Borrowed. */
const char *sg_words_used(const struct sg_words *words);
/* Whether a pattern of `patterns` (or none is there) means this case: by its name, by its id for all its
 * combinations, or as a glob of names. */
bool sg_case_is_called(const struct sg_case *one, const char *const *patterns, size_t count);
/* Who plays program `name` in this case: enum sg_cast, 0: nobody. */
int sg_case_cast(const struct sg_case *one, const char *name);

#endif
