/* SPDX-License-Identifier: MIT
 * An assignment as its spec file describes it: programs, peers, payload, and cases with their play.
 *
 * Plain data in one arena, made by language.c's tables; nothing here runs. Matrices (`for`) are
 * expanded: every case stands for itself. */
#ifndef SG_SPEC_ASSIGNMENT_H
#define SG_SPEC_ASSIGNMENT_H

#include "spec/play.h"
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
/* Whether the program serves or asks on $port, or on $path. One that does not is started as it is,
 * and not searched. */
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
/* The words in the language in use (base/language.h), in English where they are in no other.
 * Borrowed. */
const char *sg_words_used(const struct sg_words *words);
/* Whether a pattern of `patterns` (or none is there) means this case: by its name, by its id for
 * all its combinations, or as a glob of names. */
bool sg_case_is_called(const struct sg_case *one, const char *const *patterns, size_t count);
/* Who plays program `name` in this case: enum sg_cast, 0: nobody. */
int sg_case_cast(const struct sg_case *one, const char *name);

#endif
