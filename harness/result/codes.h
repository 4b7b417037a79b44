/* SPDX-License-Identifier: MIT
 * The diagnoses by name: every code that a failed case can have. What each means is told by a page
 * of explain/, what to do about it by diagnose/advice.h. A code is added at the end of its block
 * and never changes its meaning. */
#ifndef SG_RESULT_CODES_H
#define SG_RESULT_CODES_H

#include <stddef.h>

#define SG_CODES(X)                                             \
    /* building and starting */                                 \
    X(BUILD_FAILED, "build-failed")                             \
    X(NO_SUCH_PROGRAM, "no-such-program")                       \
    X(EXITED_EARLY, "exited-early")                             \
    X(NEVER_LISTENED, "never-listened")                         \
    X(WRONG_PORT, "wrong-port")                                 \
    X(IGNORES_ARGUMENTS, "ignores-arguments")                   \
    X(PORT_BYTE_ORDER, "port-byte-order")                       \
    X(CRASHED, "crashed")                                       \
    X(MEMORY_ERROR, "memory-error")                             \
    X(NEVER_EXITS, "never-exits")                               \
    X(UNCAUGHT_EXCEPTION, "uncaught-exception")                 \
    X(TIMED_OUT, "timed-out")                                   \
    X(NO_PACKET_SOCKET, "no-packet-socket")                     \
    /* the stream */                                            \
    X(SINGLE_RECV, "single-recv")                               \
    X(SHORT_SEND_IGNORED, "short-send-ignored")                 \
    X(SEND_REPEATED, "send-repeated")                           \
    X(EINTR_FATAL, "eintr-fatal")                               \
    X(FRAMES_MERGED, "frames-merged")                           \
    X(DELIMITER_SPLIT, "delimiter-split")                       \
    X(TEXT_ONLY, "text-only")                                   \
    X(STOPS_AT_NUL, "stops-at-nul")                             \
    X(BUFFER_LIMIT, "buffer-limit")                             \
    X(STALE_BUFFER, "stale-buffer")                             \
    X(EXTRA_BYTES, "extra-bytes")                               \
    X(MISSING_END_MARK, "missing-end-mark")                     \
    X(WRONG_BYTE_ORDER, "wrong-byte-order")                     \
    X(WRONG_LENGTH, "wrong-length")                             \
    X(WRONG_DATA, "wrong-data")                                 \
    X(ANSWERS_TOO_EARLY, "answers-too-early")                   \
    X(WAITS_FOR_MORE, "waits-for-more")                         \
    X(GREETS_LATE, "greets-late")                               \
    X(WAITS_FOR_END, "waits-for-end")                           \
    X(NEVER_CLOSES, "never-closes")                             \
    X(CLOSES_TOO_EARLY, "closes-too-early")                     \
    X(RESET_NOT_CLOSED, "reset-not-closed")                     \
    X(DROPS_TAIL, "drops-tail")                                 \
    X(ESCAPE_IGNORED, "escape-ignored")                         \
    X(COUNTS_CHARACTERS, "counts-characters")                   \
    X(ACCEPTS_BAD_MESSAGE, "accepts-bad-message")               \
    /* servers */                                               \
    X(SERVES_ONCE, "serves-once")                               \
    X(BLOCKED_BY_CLIENT, "blocked-by-client")                   \
    X(KILLED_BY_SIGPIPE, "killed-by-sigpipe")                   \
    X(DIES_ON_RESET, "dies-on-reset")                           \
    X(DIES_ON_EARLY_END, "dies-on-early-end")                   \
    X(DIES_ON_BAD_MESSAGE, "dies-on-bad-message")               \
    X(SPINS_AT_END, "spins-at-end")                             \
    X(SPINS, "spins")                                           \
    X(ADDRESS_IN_USE, "address-in-use")                         \
    X(LEAKS_DESCRIPTORS, "leaks-descriptors")                   \
    X(LEAKS_PROCESSES, "leaks-processes")                       \
    X(LEAKS_MEMORY, "leaks-memory")                             \
    X(MIXES_CLIENTS, "mixes-clients")                           \
    X(STOPS_ACCEPTING, "stops-accepting")                       \
    X(CARRIES_OVER, "carries-over")                             \
    X(STALE_SOCKET, "stale-socket")                             \
    X(MISSES_LISTENERS, "misses-listeners")                     \
    X(MIXES_LINES, "mixes-lines")                               \
    X(RETURNS_OWN_LINES, "returns-own-lines")                   \
    /* datagrams */                                             \
    X(TRUNCATES_DATAGRAM, "truncates-datagram")                 \
    X(WRONG_DESTINATION, "wrong-destination")                   \
    X(WRONG_SOURCE, "wrong-source")                             \
    X(ACCEPTS_STRANGER, "accepts-stranger")                     \
    X(EMPTY_DATAGRAM, "empty-datagram")                         \
    X(WAITS_FOREVER, "waits-forever")                           \
    X(NO_RETRANSMISSION, "no-retransmission")                   \
    X(DUPLICATE_DELIVERED, "duplicate-delivered")               \
    X(OUT_OF_ORDER_DELIVERED, "out-of-order-delivered")         \
    X(DUPLICATE_NOT_ACKNOWLEDGED, "duplicate-not-acknowledged") \
    X(TAKES_OLD_ACKNOWLEDGEMENT, "takes-old-acknowledgement")   \
    X(WRONG_NUMBER, "wrong-number")                             \
    X(WRONG_CHECKSUM, "wrong-checksum")                         \
    X(SEQUENCE_REPEATED, "sequence-repeated")                   \
    X(ACCEPTS_WRONG_REPLY, "accepts-wrong-reply")               \
    X(FIXED_HEADER_LENGTH, "fixed-header-length")               \
    /* clients */                                               \
    X(NO_OUTPUT, "no-output")                                   \
    X(WRONG_OUTPUT, "wrong-output")                             \
    X(WRONG_EXIT_STATUS, "wrong-exit-status")                   \
    X(ACCEPTS_SHORT_ANSWER, "accepts-short-answer")             \
    X(MESSAGE_NOT_SENT, "message-not-sent")                     \
    X(NO_IPV6, "no-ipv6")                                       \
    X(HANGS_WITHOUT_SERVER, "hangs-without-server")             \
    X(NEVER_CONNECTED, "never-connected")                       \
    X(CONNECTS_TWICE, "connects-twice")                         \
    X(WRONG_STREAM, "wrong-stream")                             \
    X(MISSES_PORTS, "misses-ports")                             \
    X(REPORTS_CLOSED_PORTS, "reports-closed-ports")             \
    X(MISSES_RESULTS, "misses-results")                         \
    X(MISSES_REPLIES, "misses-replies")                         \
    X(MISSES_SEGMENTS, "misses-segments")                       \
    X(REPORTS_OTHER_PACKETS, "reports-other-packets")           \
    /* the Caesar cipher */                                     \
    X(SHIFT_DIRECTION, "shift-direction")                       \
    X(SHIFT_WRAP, "shift-wrap")                                 \
    X(SHIFT_DIGITS, "shift-digits")                             \
    X(TOUCHES_OTHER_BYTES, "touches-other-bytes")               \
    X(HEADER_RETURNED, "header-returned")                       \
    /* bounds */                                                \
    X(FORBIDDEN, "forbidden")                                   \
    X(TOO_MUCH, "too-much")

enum sg_code {
    SG_CODE_NONE,
#define SG_CODE_ENUM(name, id) SG_CODE_##name,
    SG_CODES(SG_CODE_ENUM)
#undef SG_CODE_ENUM
        SG_CODE_END, /* one past the last */
};

struct sg_code_info {
    const char *id;
};

/* The row of a code; that of SG_CODE_NONE has an empty id. */
const struct sg_code_info *sg_code_info(enum sg_code code);
/* The code called `id`, or SG_CODE_NONE. */
enum sg_code sg_code_find(const char *id);

#endif
