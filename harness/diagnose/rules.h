/* SPDX-License-Identifier: MIT
 * The rules, from the most to the least specific, and what they look at the evidence with. */
#ifndef SG_DIAGNOSE_RULES_H
#define SG_DIAGNOSE_RULES_H

#include "diagnose/evidence.h"

/* Whether the evidence proves the rule's code; then `ret` has got a message, and perhaps facts. */
typedef bool sg_proves(const struct sg_evidence *evidence, struct sg_diagnosis *ret);

struct sg_rule {
    enum sg_code code;
    unsigned kinds; /* the failures that it may explain: 1 << enum sg_failure_kind */
    sg_proves *proves;
    const char *needs; /* what it needs to be proven, for whoever reads the table */
};

/* A block of rules; the first that proves its code wins. */
struct sg_rules {
    const struct sg_rule *rows;
    size_t count;
};
extern const struct sg_rules sg_rules_bounds, sg_rules_start, sg_rules_fault, sg_rules_server,
    sg_rules_unanswered, sg_rules_leftover, sg_rules_caesar, sg_rules_segments, sg_rules_text,
    sg_rules_bytes, sg_rules_ends, sg_rules_other_bytes, sg_rules_client, sg_rules_output,
    sg_rules_datagram, sg_rules_datagram_client, sg_rules_frame, sg_rules_greeting,
    sg_rules_printed, sg_rules_reliable, sg_rules_file, sg_rules_record, sg_rules_both_ways,
    sg_rules_raw, sg_rules_sniff, sg_rules_chat, sg_rules_alone, sg_rules_slow;

#define SG_KIND(kind) (1u << SG_FAILURE_##kind)

/* Sets the message (printf) and returns true. */
bool sg_say(struct sg_diagnosis *ret, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* rules_fault.c: shows a send that was cut, and where it stands. */
void sg_add_fault(const struct sg_evidence *evidence, const struct sg_fault_seen *fault,
                  struct sg_diagnosis *ret);
/* Says that the sends behind a short one asked for all again; returns true. */
bool sg_say_asked_again(const struct sg_fault_seen *fault, struct sg_diagnosis *ret);

/* rules_slow.c: to a client that reads at once all is right; to this one at least as many bytes
 * came as were due, and the answer goes on with what had come before. From where on; SIZE_MAX:
 * that is not so. */
size_t sg_goes_back_to(const struct sg_evidence *evidence);

/* look.c: questions to the evidence. */

/* The program that is judged is the server. */
bool sg_is_server(const struct sg_evidence *evidence);
/* Another conversation of the judged program than the one that failed; not one that the relay has
 * with the program on its other side. */
bool sg_is_another_client(const struct sg_evidence *evidence, const struct sg_connection *other);
/* One that has not ended its stream; `unanswered`: to which nothing has been sent, either. */
bool sg_has_open_other(const struct sg_evidence *evidence, bool unanswered);
/* The connection that failed is still open; less came than was expected, and nothing wrong. */
bool sg_is_open(const struct sg_evidence *evidence);
bool sg_is_short(const struct sg_evidence *evidence);
/* Adds where the program waits, if that is proven to be all that it will do. */
void sg_add_wait(const struct sg_evidence *evidence, struct sg_diagnosis *ret);
/* A size that buffers have, or one less. */
bool sg_is_buffer_size(size_t size);
enum { SG_SMALLEST_BUFFER = 64 };
/* What came behind the right bytes is from further on in the answer: from the next read on. */
bool sg_goes_on_further_on(const struct sg_evidence *evidence);
/* A byte that programs which take bytes for text change: not ASCII, or part of a line end. */
bool sg_is_no_text(uint8_t byte);
bool sg_is_line_end(uint8_t byte);
/* A blank, a tab or part of a line end. */
bool sg_is_blank(uint8_t byte);
/* Without those at both ends. */
struct sg_slice sg_without_blanks(struct sg_slice text);
/* How many of them are missing where all else has come; 0 where more is wrong, or what is missing
 * comes last, which may have other reasons. */
size_t sg_blanks_left_out(const struct sg_evidence *evidence);
/* `got` holds `wanted`, but that U+FFFD stands where that has characters which are not ASCII. */
bool sg_is_but_for_unknown(struct sg_slice wanted, struct sg_slice got);
/* Nothing but printable ASCII. */
bool sg_is_plain_text(struct sg_slice bytes);
/* Some thread waits in a read on the connection that failed. */
bool sg_waits_on_connection(const struct sg_evidence *evidence);
/* Some thread waits for a new client. */
bool sg_waits_in_accept(const struct sg_evidence *evidence);
/* The wait of the program's that is worth telling: its main thread's, or the one on the connection.
 * NULL where nothing was seen. */
const struct sg_wait *sg_main_wait(const struct sg_evidence *evidence);
/* "recv() on connection 2", "accept()", "its standard input". Into the caller's room. */
const char *sg_describe_wait(const struct sg_evidence *evidence, const struct sg_wait *wait,
                             char *room, size_t size);
/* How many threads of the program's first process wait to read from `connection`, and from it
 * alone. */
size_t sg_count_readers(const struct sg_evidence *evidence, const struct sg_connection *connection);
/* The first of the other connections, still open, that threads of the program wait to read from,
 * and how many these are; NULL: none. */
const struct sg_connection *sg_waits_on_other(const struct sg_evidence *evidence,
                                              size_t *ret_count);
/* A client that takes nothing out of its socket, and to which a thread waits to send; NULL:
 * none. */
const struct sg_connection *sg_waits_to_send(const struct sg_evidence *evidence);
/* The program is over: its process has ended, and not by our hand. */
bool sg_is_dead(const struct sg_evidence *evidence);
int sg_death_signal(const struct sg_evidence *evidence); /* 0: none */
/* The signal that ended a child of the program; 0: none is known. */
int sg_child_death_signal(const struct sg_evidence *evidence);
bool sg_died_of_exception(const struct sg_evidence *evidence);
/* Standard error holds `text`. */
bool sg_stderr_has(const struct sg_evidence *evidence, const char *text);
/* Standard error tells that text could not be encoded or decoded. */
bool sg_reports_encoding(const struct sg_evidence *evidence);
/* All of the message has been sent: its end mark is in what was sent, or we have ended our
 * stream. */
bool sg_message_is_whole(const struct sg_evidence *evidence);
/* rules_frame.c: the length of the frame has a byte that is negative where it is taken as
 * signed. */
bool sg_has_high_length(struct sg_slice frame);
/* … `bytes` begin a frame of the protocol that they do not end. */
bool sg_ends_within_frame(const struct sg_evidence *evidence, struct sg_slice bytes);
/* A frame in `bytes` has a length that the protocol does not allow. */
bool sg_has_bad_frame(const struct sg_evidence *evidence, struct sg_slice bytes);
/* The connection before the failed one, NULL where it is the first. */
const struct sg_connection *sg_connection_before(const struct sg_evidence *evidence);
/* A peer of ours did not read for a while. */
bool sg_has_stopped_reading(const struct sg_evidence *evidence);
/* The step before the one that failed in which our peer, who reads, said nothing for a while; NULL:
 * there is none. */
const struct sg_step *sg_find_silence(const struct sg_evidence *evidence);
/* How many bytes of the answer are right. */
size_t sg_right_bytes(const struct sg_evidence *evidence);
/* The definition of payload behind `data`, through references, if it has this form; else NULL. */
const struct sg_data *sg_data_of_form(const struct sg_evidence *evidence,
                                      const struct sg_data *data, int form);
/* The first segment with an end mark in it, and whether the mark begins it. */
bool sg_mark_begins_segment(const struct sg_evidence *evidence);
/* How the connection stands now, in words that end a sentence: "then the end of the stream". */
const char *sg_end_words(const struct sg_evidence *evidence);

/* words.c: what the program said. */

/* Appends the line of its standard error that says most, so that it can be shown. */
void sg_last_words(const struct sg_evidence *evidence, struct sg_bytes *out);
/* … as a fact. */
void sg_add_last_words(const struct sg_evidence *evidence, struct sg_diagnosis *ret);
/* It said that it is for Python 2, or that a file of its own hides a module. */
bool sg_is_known_refusal(const struct sg_evidence *evidence);
bool sg_say_known_refusal(const struct sg_evidence *evidence, struct sg_diagnosis *ret);
/* Why it could not be executed. */
bool sg_say_not_executed(const struct sg_evidence *evidence, struct sg_diagnosis *ret);

/* excerpt.c: the source line that the diagnosis is about, and some around it. */
void sg_find_excerpt(const struct sg_evidence *evidence, struct sg_diagnosis *ret);
/* The lines around `where`, unless there are others already or its line is 0. */
void sg_excerpt_at(const struct sg_evidence *evidence, const struct sg_where *where,
                   struct sg_diagnosis *ret);

/* difference.c: what was expected and what came, around the first difference. */
void sg_find_difference(const struct sg_evidence *evidence, struct sg_diagnosis *ret);

/* remark.c: in what way the bytes differ, in a few words that the caller frees; NULL where they do
 * not show it. */
char *sg_difference_remark(struct sg_slice expected, struct sg_slice got);

#endif
