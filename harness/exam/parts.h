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
    bool has_ended;   /* it has sent, or got, the empty datagram that ends a file (numbered.c) */
    bool joined;      /* it is a member of a chat (chat.c) */
    size_t *heard;    /* by peer: how much of what it has sent this one has heard; owned */
    size_t own_heard; /* … of its own, where the server returns that */
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
    bool used_up;    /* a wait ended because the programs had used all of their processor time */
    bool restless;   /* a program was seen to spin: waiting for it to rest is in vain */
    bool progressed; /* bytes, connections or ends have come since the last look at it */
    bool in_flight;  /* bytes, or an end, were on their way when that was looked at last */
    uint64_t own_delay_ns;
    uint64_t spent_ns; /* idle time that all waits of the case were charged */
    uint64_t ran_ns;   /* processor time likewise */
};

/* examiner.c: starts every program that listens, and waits until it does. */
bool sg_exam_start_listeners(struct sg_exam *exam, struct sg_error *err);

/* actors.c: the actors of a case, from nothing to nothing. */
bool sg_exam_has_small_buffers(
    const struct sg_exam *exam); /* whether the kernel is to hold little for its programs */
int sg_exam_open(struct sg_exam *exam, const struct sg_exam_request *request, struct sg_error *err);
void sg_exam_close(struct sg_exam *exam);
struct sg_exam_program *sg_exam_program(struct sg_exam *exam, const char *name);
/* Adds a connection with `program`, not connected yet, for the peer of this name. */
struct sg_connection *sg_exam_add_connection(struct sg_exam *exam, const char *peer,
                                             const char *program);
/* Opens a socket for datagrams from and to `program`, at `local` or where the mapping leads; NULL: the
 * machine failed. */
struct sg_datagram_end *sg_exam_open_socket(struct sg_exam *exam, const char *peer,
                                            const char *program, const union sg_address *local,
                                            struct sg_error *err);
/* As above, for clients on `port` of every address. */
struct sg_datagram_end *sg_exam_await_clients(struct sg_exam *exam, const char *peer, uint16_t port,
                                              struct sg_error *err);
/* The programs speak UDP; over local sockets. */
bool sg_exam_is_udp(const struct sg_exam *exam);
bool sg_exam_is_local(const struct sg_exam *exam);
/* Listens for clients on `port`; over local sockets, on the socket file that the client is given. */
int sg_exam_listen(struct sg_exam *exam, struct sg_listener *listener, uint16_t port,
                   size_t receive_buffer, struct sg_error *err);
/* The port of an address that a program's socket has, as the program named it. */
uint16_t sg_exam_port(const struct sg_exam *exam, const union sg_address *address);
/* The address is the one that programs are given, whatever the host. */
bool sg_exam_is_given(const struct sg_exam *exam, const union sg_address *address);
/* The program that is judged. */
struct sg_exam_program *sg_exam_judged(struct sg_exam *exam);

/* start.c: starting programs. */
int sg_exam_start(struct sg_exam *exam, struct sg_exam_program *program, const struct sg_step *step,
                  struct sg_error *err);
/* Waits until it listens; false where it does not, and the failure is noted. */
bool sg_exam_await_listening(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step);

/* calls.c: what the calls tell that a program is stopped in. `state` is the program (fault/supervisor.h). */
void sg_exam_before_call(void *state, const struct sg_call *call);
void sg_exam_after_call(void *state, const struct sg_call *call);
/* Answers the calls of the program whose supervisor `state` is, as far as they wait: an sg_process_serve. */
void sg_exam_serve_calls(void *state);
/* Watches one of its threads (program/spin.h), and answers its calls meanwhile. */
struct sg_spin sg_exam_watch_spin(struct sg_exam_program *program, pid_t tid);
/* What a client can be asked to connect to: the relay's listener, or that of a peer; NULL: none listens.
 * *ret_receive_buffer (or NULL): of the connections to come. */
struct sg_listener *sg_exam_meeting_place(struct sg_exam *exam, size_t *ret_receive_buffer);
void sg_exam_note_listening(struct sg_exam_program *program, const union sg_address *address);

/* discover.c: what is known of a program from its sockets, where its calls are not stopped or do not tell. */
/* Looks whether it listens now; true where it does. */
bool sg_exam_discover(struct sg_exam *exam, struct sg_exam_program *program);
/* Whether a socket takes what we send to the server (`state`: that program): a server may listen for each family of
 * addresses with a socket of its own, one after the other. */
bool sg_exam_is_reached(struct sg_exam *exam, void *state);
/* A client has connected to us: `fd` is our end. */
void sg_exam_discover_connect(struct sg_exam *exam, int fd);
/* … by a datagram that came to us on `port`. */
void sg_exam_discover_sender(struct sg_exam *exam, uint16_t port);
/* Why the failure is no proof, for want of what the machine would have to show; NULL: it is one. */
const char *sg_exam_undiscovered(const struct sg_exam *exam);

/* segment.c: what is sent, in exact segments. */
/* Sends `message` on `connection`, cut as `split` says, or as the program's faults say where it leaves
 * that open. Returns when all is on its way, or it is known that it will not be. */
void sg_exam_send(struct sg_exam *exam, struct sg_connection *connection,
                  const struct sg_split *split, struct sg_slice message);
/* Lets the program take what was sent and go to rest, or stop short of that, so that what is done next
 * always meets it in the same place. */
void sg_exam_let_notice(struct sg_exam *exam, struct sg_connection *connection); /* our end of it */
void sg_exam_let_take(struct sg_exam *exam, struct sg_connection *connection);
/* The program has taken from its socket all that was sent, or never will. */
bool sg_exam_has_taken(struct sg_exam *exam, struct sg_connection *connection);
/* The faults of a program, or NULL; the one that shortens what it receives, or NULL; and how many bytes
 * segment `index` of a connection may then have. */
const struct sg_program_faults *sg_exam_faults(const struct sg_exam *exam, const char *program);
const struct sg_fault *sg_exam_short_receives(const struct sg_exam *exam, const char *program);
size_t sg_exam_draw_receive(const struct sg_exam *exam, const struct sg_fault *fault,
                            const struct sg_connection *connection, size_t index);

/* relay.c: between two programs. */
int sg_exam_open_relay(struct sg_exam *exam, struct sg_error *err);
bool sg_exam_pump_relay(struct sg_exam *exam); /* true where anything moved */
void sg_exam_close_relay(struct sg_exam *exam);
/* Where to send to, or to connect to, the server program. */
union sg_address sg_exam_server_address(struct sg_exam *exam);
/* Connects the newest connection to the server program; as sg_connection_connect. */
int sg_exam_connect(struct sg_exam *exam, struct sg_connection *connection, size_t receive_buffer,
                    struct sg_error *err);
/* The relay's last connection with the server, on which it is served; NULL: none. */
struct sg_connection *sg_exam_last_served(const struct sg_exam *exam);
/* Ends the streams that the relay still passes on to the server; true where there was one. */
bool sg_exam_end_relayed(struct sg_exam *exam);
/* datagram_relay.c: the same over UDP. */
int sg_exam_open_datagram_relay(struct sg_exam *exam, struct sg_error *err);
bool sg_exam_pump_datagram_relay(struct sg_exam *exam);
/* path.c: what becomes of a datagram between two programs. */
void sg_exam_open_path(struct sg_exam *exam);
void sg_exam_close_path(struct sg_exam *exam);
void sg_exam_travel(struct sg_exam *exam, const struct sg_travel *travel);
/* hosts.c: peers that are other machines. */
int sg_exam_open_hosts(struct sg_exam *exam, struct sg_error *err);
void sg_exam_close_hosts(struct sg_exam *exam);
bool sg_exam_pump_hosts(struct sg_exam *exam);
union sg_address sg_exam_first_host(const struct sg_exam *exam);
/* Why a failure is no proof, for want of our answering in time; NULL: it is one. */
const char *sg_exam_late_host(const struct sg_exam *exam);
void sg_exam_describe_hosts(const struct sg_exam *exam, struct sg_echo_evidence *ret);

/* wait.c: the loop. */
typedef bool sg_met(struct sg_exam *exam, void *state);
/* Moves everything that can move; true where anything did. Never blocks. */
bool sg_exam_pump(struct sg_exam *exam);
/* What never comes: for waits that end when everything is at rest. */
bool sg_exam_never(struct sg_exam *exam, void *state);
/* Waits until `met` holds, or until it is known that it will not; `idle_ns` is what time is charged against. */
enum sg_outcome sg_exam_wait(struct sg_exam *exam, sg_met *met, void *state, uint64_t idle_ns);
/* Waits until nothing more comes. Where that cannot be proven, time decides: a little more than the
 * program's own time limit, within bounds. */
enum sg_outcome sg_exam_wait_for_rest(struct sg_exam *exam);
/* … on this connection, whose end settles it: then a program that waits for bytes or clients need not come to the
 * end of a time limit of its own. */
enum sg_outcome sg_exam_wait_for_last(struct sg_exam *exam, struct sg_connection *connection);
/* Waits until the programs have done what there is to do: each waits for something to come, be it with a time
 * limit; a nap is waited for. */
enum sg_outcome sg_exam_let_work(struct sg_exam *exam); /* MET: they have */
/* Lets the time of `step` pass, from when the programs wait on; not where it is proven that they do nothing by
 * themselves for so long. Who may give up after a second must have been given that second: false where this
 * machine was too busy for that, and the case shows nothing. */
bool sg_exam_keep_waiting(struct sg_exam *exam, const struct sg_step *step);
/* The judged program has ended. */
bool sg_exam_is_over(struct sg_exam *exam);

/* local.c: socket files, which each program finds in a view of the files of its own. */
/* The name of the socket file that programs are given. The caller frees it. */
char *sg_exam_path(const struct sg_exam *exam);
/* A program listens at a socket file: notes which file that is. */
void sg_exam_note_file(struct sg_exam_program *program);
/* A program listens at a socket file of another name than the one it was given: waits until it has renamed
 * that file, or will not. */
void sg_exam_await_name(struct sg_exam *exam, struct sg_exam_program *program);
/* Connects to the file that the server program has bound; as sg_connection_connect. */
int sg_exam_connect_local(struct sg_exam *exam, struct sg_connection *connection,
                          struct sg_error *err);
/* A program is about to bind a local socket, or to connect one. */
void sg_exam_note_local(struct sg_exam_program *program, const struct sg_call *call);

/* other_end.c: the program's end of a connection; false where it has none (any more). */
bool sg_exam_find_other_end(struct sg_exam *exam, struct sg_connection *connection,
                            struct sg_socket_row *ret);

/* settle.c: is everything at rest? */
struct sg_settled {
    enum sg_stillness verdict; /* the least still of all programs */
    uint64_t bound_ns;         /* BOUNDED: the shortest time limit */
    bool for_input;
    bool uncertain; /* datagrams may be on their way where nobody can see them: BOUNDED at best */
};
/* Looks at all programs and at what is in flight. PROVEN: nothing will happen until we act. */
struct sg_settled sg_exam_settle(struct sg_exam *exam);
/* No datagram is on its way: each lies in its socket's queue, or was thrown away. Where that cannot be
 * known, true. */
bool sg_exam_all_delivered(struct sg_exam *exam);
/* Datagrams of the programs' since the case began whose port nobody had bound; 0 where that is not known. */
uint64_t sg_exam_unclaimed_datagrams(const struct sg_exam *exam);
/* Datagrams lie unread in a socket on this port. */
bool sg_exam_has_unread_datagrams(struct sg_exam *exam, uint16_t port);
/* Our end of the stream, or our reset, has reached the program, and no thread of it runs. */
bool sg_exam_has_noticed_end(struct sg_exam *exam, struct sg_connection *connection);
/* A listener keeps clients back that have said nothing yet (TCP_DEFER_ACCEPT). */
bool sg_exam_defers_accept(const struct sg_exam *exam);
/* Whether the program has taken all that was sent on `connection` out of its socket. */
bool sg_exam_all_taken(struct sg_exam *exam, struct sg_connection *connection);
/* Whether bytes that were sent on `connection` lie in the program's socket, or have not come there. */
bool sg_exam_is_unread(struct sg_exam *exam, struct sg_connection *connection);
/* … and how many bytes of it, without the end of the stream. */
size_t sg_exam_unread_bytes(struct sg_exam *exam, struct sg_connection *connection);
/* It waits in the program's backlog: no process has its other end yet. */
bool sg_exam_is_unaccepted(struct sg_exam *exam, struct sg_connection *connection);
/* How many bytes the programs have taken from all connections that are still open. */
uint64_t sg_exam_bytes_taken(struct sg_exam *exam);
struct sg_sample sg_exam_sample(struct sg_exam_program *program);

/* place.c: places in the source of the judged program. Where it waits, into the evidence. This may
 * end it. */
void sg_exam_locate(struct sg_exam_program *program);
/* Where the stopped thread `tid` makes the call that is the next of exam->faults. */
void sg_exam_locate_fault(struct sg_exam_program *program, pid_t tid);
/* … what Python has said of it since. */
void sg_exam_read_place(struct sg_exam *exam);
/* Where the stopped thread `tid` gets the signal that ends its program; `state` is a struct sg_exam_program. */
void sg_exam_locate_fall(void *state, pid_t tid);

/* play.c: the steps. Each returns false where the case has failed (see evidence) or cannot go on. */
bool sg_exam_play(struct sg_exam *exam, const struct sg_steps *steps, struct sg_error *err);
typedef bool sg_peer_step(struct sg_exam *exam, struct sg_exam_peer *peer,
                          const struct sg_step *step, struct sg_error *err);
typedef bool sg_program_step(struct sg_exam *exam, struct sg_exam_program *program,
                             const struct sg_step *step, struct sg_error *err);
extern sg_peer_step *const sg_peer_steps[SG_ACT_END];
extern sg_peer_step *const sg_datagram_steps[SG_ACT_END]; /* over UDP */
extern sg_peer_step *const sg_host_steps[SG_ACT_END];     /* of a host */
/* traffic.c: what hosts send each other, for programs that listen in. */
sg_peer_step sg_exam_transmit;
/* The first of the segments that the case expects of `program` and that it has not told of, from 1; 0: none. */
size_t sg_exam_first_untold(const struct sg_exam *exam, const struct sg_exam_program *program);
/* numbered.c: datagrams that a client numbers. */
/* The data behind `data` where it is a datagram with a number; else NULL. */
const struct sg_data *sg_exam_numbered(const struct sg_exam *exam, const struct sg_data *data);
/* What we send as a client is the end of a file. */
bool sg_exam_is_end(const struct sg_exam *exam, const struct sg_exam_peer *peer,
                    const struct sg_step *step);
/* Takes those that have come before and come again, up to one that has not, or is the `wanted` one. */
void sg_exam_pass_over_old(struct sg_datagram_end *socket, struct sg_slice wanted);
bool sg_exam_sends_numbers(const struct sg_steps *steps);
bool sg_exam_expect_numbered(struct sg_exam *exam, struct sg_exam_peer *peer,
                             const struct sg_step *step, const struct sg_data *numbered);
extern sg_program_step *const sg_program_steps[SG_ACT_END];
/* Waits until so much has come as is wanted, or what has come differs from it, or no more comes. */
enum sg_outcome sg_exam_await(struct sg_exam *exam, struct sg_connection *connection,
                              struct sg_slice want, uint64_t idle_ns);
/* client_message.c: the message of a client. The first adds it as one line of standard input can have it: blanks
 * stand for the ends of lines in it. Of the second, `message` is the wanted one as it came in such a line: the
 * newline that ended it may be there, and be counted in the length of a frame, and the blanks at its ends may be
 * gone, as many languages read a line. */
void sg_exam_make_line(struct sg_slice text, struct sg_bytes *out);
bool sg_exam_is_fed_line(const struct sg_exam *exam, struct sg_slice message, struct sg_slice want);
sg_peer_step sg_exam_step_expect_message;
/* chat.c: members of a chat. */
sg_peer_step sg_exam_step_join, sg_exam_step_expect_others;
/* files.c: the files of a program's directory. */
/* Opens it (O_PATH); -1: it is not there. */
int sg_exam_open_directory(const struct sg_exam_program *program);
int sg_exam_put_files(struct sg_exam *exam, struct sg_exam_program *program, struct sg_error *err);
sg_program_step sg_exam_step_expect_file;

/* Waits, but not for long, until everything is at rest; what programs have done so far is then part of the
 * transcript. */
void sg_exam_rest(struct sg_exam *exam);
/* Notes a failure (the first counts). Returns false. */
bool sg_exam_fail(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                  enum sg_outcome outcome);
/* As above, about `connection`, whose next bytes should have been `expected`. */
bool sg_exam_fail_data(struct sg_exam *exam, enum sg_failure_kind kind, const struct sg_step *step,
                       enum sg_outcome outcome, struct sg_connection *connection,
                       struct sg_slice expected);

/* As above, about a datagram that should have come to `peer`; `got` NULL: none came. */
bool sg_exam_fail_datagram(struct sg_exam *exam, enum sg_failure_kind kind,
                           const struct sg_step *step, enum sg_outcome outcome,
                           struct sg_exam_peer *peer, struct sg_slice expected,
                           const struct sg_datagram *got);

/* driving_steps.c: what is done to a program. */
sg_program_step sg_exam_step_start, sg_exam_step_freeze, sg_exam_step_thaw, sg_exam_step_kill,
    sg_exam_step_restart, sg_exam_step_signal, sg_exam_step_close_stdin, sg_exam_step_input;
/* printed_steps.c: facts that are looked for in a program's output. */
sg_program_step sg_exam_expect_stream, sg_exam_expect_bytes, sg_exam_expect_numbers,
    sg_exam_expect_ports, sg_exam_expect_results, sg_exam_expect_replies, sg_exam_expect_segments;
/* ports.c: peers that listen on ports of their own. */
bool sg_exam_choose_ports(struct sg_exam *exam);
bool sg_exam_listen_on_port(struct sg_exam *exam, struct sg_exam_peer *peer, struct sg_error *err);
/* start.c: the address that the program of the case is given. */
union sg_address sg_exam_host(const struct sg_exam *exam);

/* printed.c: the answer in a program's output. */
bool sg_printed_holds(struct sg_slice output, struct sg_slice answer);

#endif
