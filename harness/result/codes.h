/* SPDX-License-Identifier: MIT
 * The diagnoses by name: every code that a failed case can have. What each means is told by a page of
 * explain/, what to do about it by diagnose/advice.h; a code is added at the end of its block and never changes its meaning. */
#ifndef SG_RESULT_CODES_H
#define SG_RESULT_CODES_H

#include <stddef.h>

enum sg_code_block {
    SG_BLOCK_START,
    SG_BLOCK_STREAM,
    SG_BLOCK_SERVER,
    SG_BLOCK_DATAGRAM,
    SG_BLOCK_CLIENT,
    SG_BLOCK_CAESAR,
    SG_BLOCK_BOUNDS,
};

#define SG_CODES(X)                                                       \
    X(BUILD_FAILED, "build-failed", START)                                \
    X(NO_SUCH_PROGRAM, "no-such-program", START)                          \
    X(EXITED_EARLY, "exited-early", START)                                \
    X(NEVER_LISTENED, "never-listened", START)                            \
    X(WRONG_PORT, "wrong-port", START)                                    \
    X(IGNORES_ARGUMENTS, "ignores-arguments", START)                      \
    X(PORT_BYTE_ORDER, "port-byte-order", START)                          \
    X(CRASHED, "crashed", START)                                          \
    X(MEMORY_ERROR, "memory-error", START)                                \
    X(NEVER_EXITS, "never-exits", START)                                  \
    X(UNCAUGHT_EXCEPTION, "uncaught-exception", START)                    \
    X(TIMED_OUT, "timed-out", START)                                      \
    X(NO_PACKET_SOCKET, "no-packet-socket", START)                        \
    X(SINGLE_RECV, "single-recv", STREAM)                                 \
    X(SHORT_SEND_IGNORED, "short-send-ignored", STREAM)                   \
    X(SEND_REPEATED, "send-repeated", STREAM)                             \
    X(EINTR_FATAL, "eintr-fatal", STREAM)                                 \
    X(FRAMES_MERGED, "frames-merged", STREAM)                             \
    X(DELIMITER_SPLIT, "delimiter-split", STREAM)                         \
    X(TEXT_ONLY, "text-only", STREAM)                                     \
    X(STOPS_AT_NUL, "stops-at-nul", STREAM)                               \
    X(BUFFER_LIMIT, "buffer-limit", STREAM)                               \
    X(STALE_BUFFER, "stale-buffer", STREAM)                               \
    X(EXTRA_BYTES, "extra-bytes", STREAM)                                 \
    X(MISSING_END_MARK, "missing-end-mark", STREAM)                       \
    X(WRONG_BYTE_ORDER, "wrong-byte-order", STREAM)                       \
    X(WRONG_LENGTH, "wrong-length", STREAM)                               \
    X(WRONG_DATA, "wrong-data", STREAM)                                   \
    X(ANSWERS_TOO_EARLY, "answers-too-early", STREAM)                     \
    X(WAITS_FOR_MORE, "waits-for-more", STREAM)                           \
    X(GREETS_LATE, "greets-late", STREAM)                                 \
    X(WAITS_FOR_END, "waits-for-end", STREAM)                             \
    X(NEVER_CLOSES, "never-closes", STREAM)                               \
    X(CLOSES_TOO_EARLY, "closes-too-early", STREAM)                       \
    X(RESET_NOT_CLOSED, "reset-not-closed", STREAM)                       \
    X(DROPS_TAIL, "drops-tail", STREAM)                                   \
    X(ESCAPE_IGNORED, "escape-ignored", STREAM)                           \
    X(COUNTS_CHARACTERS, "counts-characters", STREAM)                     \
    X(ACCEPTS_BAD_MESSAGE, "accepts-bad-message", STREAM)                 \
    X(SERVES_ONCE, "serves-once", SERVER)                                 \
    X(BLOCKED_BY_CLIENT, "blocked-by-client", SERVER)                     \
    X(KILLED_BY_SIGPIPE, "killed-by-sigpipe", SERVER)                     \
    X(DIES_ON_RESET, "dies-on-reset", SERVER)                             \
    X(DIES_ON_EARLY_END, "dies-on-early-end", SERVER)                     \
    X(DIES_ON_BAD_MESSAGE, "dies-on-bad-message", SERVER)                 \
    X(SPINS_AT_END, "spins-at-end", SERVER)                               \
    X(SPINS, "spins", SERVER)                                             \
    X(ADDRESS_IN_USE, "address-in-use", SERVER)                           \
    X(LEAKS_DESCRIPTORS, "leaks-descriptors", SERVER)                     \
    X(LEAKS_PROCESSES, "leaks-processes", SERVER)                         \
    X(LEAKS_MEMORY, "leaks-memory", SERVER)                               \
    X(MIXES_CLIENTS, "mixes-clients", SERVER)                             \
    X(STOPS_ACCEPTING, "stops-accepting", SERVER)                         \
    X(CARRIES_OVER, "carries-over", SERVER)                               \
    X(STALE_SOCKET, "stale-socket", SERVER)                               \
    X(MISSES_LISTENERS, "misses-listeners", SERVER)                       \
    X(MIXES_LINES, "mixes-lines", SERVER)                                 \
    X(RETURNS_OWN_LINES, "returns-own-lines", SERVER)                     \
    X(TRUNCATES_DATAGRAM, "truncates-datagram", DATAGRAM)                 \
    X(WRONG_DESTINATION, "wrong-destination", DATAGRAM)                   \
    X(WRONG_SOURCE, "wrong-source", DATAGRAM)                             \
    X(ACCEPTS_STRANGER, "accepts-stranger", DATAGRAM)                     \
    X(EMPTY_DATAGRAM, "empty-datagram", DATAGRAM)                         \
    X(WAITS_FOREVER, "waits-forever", DATAGRAM)                           \
    X(NO_RETRANSMISSION, "no-retransmission", DATAGRAM)                   \
    X(DUPLICATE_DELIVERED, "duplicate-delivered", DATAGRAM)               \
    X(OUT_OF_ORDER_DELIVERED, "out-of-order-delivered", DATAGRAM)         \
    X(DUPLICATE_NOT_ACKNOWLEDGED, "duplicate-not-acknowledged", DATAGRAM) \
    X(TAKES_OLD_ACKNOWLEDGEMENT, "takes-old-acknowledgement", DATAGRAM)   \
    X(WRONG_NUMBER, "wrong-number", DATAGRAM)                             \
    X(WRONG_CHECKSUM, "wrong-checksum", DATAGRAM)                         \
    X(SEQUENCE_REPEATED, "sequence-repeated", DATAGRAM)                   \
    X(ACCEPTS_WRONG_REPLY, "accepts-wrong-reply", DATAGRAM)               \
    X(FIXED_HEADER_LENGTH, "fixed-header-length", DATAGRAM)               \
    X(NO_OUTPUT, "no-output", CLIENT)                                     \
    X(WRONG_OUTPUT, "wrong-output", CLIENT)                               \
    X(WRONG_EXIT_STATUS, "wrong-exit-status", CLIENT)                     \
    X(ACCEPTS_SHORT_ANSWER, "accepts-short-answer", CLIENT)               \
    X(MESSAGE_NOT_SENT, "message-not-sent", CLIENT)                       \
    X(NO_IPV6, "no-ipv6", CLIENT)                                         \
    X(HANGS_WITHOUT_SERVER, "hangs-without-server", CLIENT)               \
    X(NEVER_CONNECTED, "never-connected", CLIENT)                         \
    X(CONNECTS_TWICE, "connects-twice", CLIENT)                           \
    X(WRONG_STREAM, "wrong-stream", CLIENT)                               \
    X(MISSES_PORTS, "misses-ports", CLIENT)                               \
    X(REPORTS_CLOSED_PORTS, "reports-closed-ports", CLIENT)               \
    X(MISSES_RESULTS, "misses-results", CLIENT)                           \
    X(MISSES_REPLIES, "misses-replies", CLIENT)                           \
    X(MISSES_SEGMENTS, "misses-segments", CLIENT)                         \
    X(REPORTS_OTHER_PACKETS, "reports-other-packets", CLIENT)             \
    X(SHIFT_DIRECTION, "shift-direction", CAESAR)                         \
    X(SHIFT_WRAP, "shift-wrap", CAESAR)                                   \
    X(SHIFT_DIGITS, "shift-digits", CAESAR)                               \
    X(TOUCHES_OTHER_BYTES, "touches-other-bytes", CAESAR)                 \
    X(HEADER_RETURNED, "header-returned", CAESAR)                         \
    X(FORBIDDEN, "forbidden", BOUNDS)                                     \
    X(TOO_MUCH, "too-much", BOUNDS)

enum sg_code {
    SG_CODE_NONE,
#define SG_CODE_ENUM(name, id, block) SG_CODE_##name,
    SG_CODES(SG_CODE_ENUM)
#undef SG_CODE_ENUM
        SG_CODE_END, /* one past the last */
};

struct sg_code_info {
    const char *id;
    enum sg_code_block block;
};

/* The row of a code; that of SG_CODE_NONE has an empty id. */
const struct sg_code_info *sg_code_info(enum sg_code code);
/* The code called `id`, or SG_CODE_NONE. */
enum sg_code sg_code_find(const char *id);

#endif
