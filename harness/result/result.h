/* SPDX-License-Identifier: MIT
 * What came of a run, as plain data: cases, diagnoses, evidence, transcripts.
 *
 * Every string and list is owned by the struct that holds it; each _done frees the contents and
 * takes a zeroed struct. Times are nanoseconds since the case began, points are thousandths. Text
 * that a student's program produced may be in any of it: it is made safe where it is shown. */
#ifndef SG_RESULT_RESULT_H
#define SG_RESULT_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "result/codes.h"

enum sg_status {
    SG_STATUS_PASSED,
    SG_STATUS_FAILED,
    SG_STATUS_SKIPPED,      /* a case that it needs failed, or the machine cannot run it */
    SG_STATUS_INCONCLUSIVE, /* the condition that it is about could not be brought about */
    SG_STATUS_ERROR,        /* the examiner's fault */
};

const char *sg_status_word(enum sg_status status);

enum sg_event_kind {
    SG_EVENT_START,   /* a program was started */
    SG_EVENT_LISTEN,  /* a program listens */
    SG_EVENT_CONNECT, /* a connection was made */
    SG_EVENT_DATA,    /* bytes went over it */
    SG_EVENT_END,     /* one side ended its stream */
    SG_EVENT_RESET,   /* one side reset the connection */
    SG_EVENT_CLOSE,   /* our side closed it */
    SG_EVENT_UNSENT,  /* bytes that could no longer be sent */
    SG_EVENT_STDIN,   /* we wrote to a program's standard input */
    SG_EVENT_OUTPUT,  /* a program wrote to its standard output or error */
    SG_EVENT_SIGNAL,  /* we sent a signal */
    SG_EVENT_EXIT,    /* a program ended */
    SG_EVENT_BLOCKED, /* where a program waits */
    SG_EVENT_FAULT,   /* a call was interfered with */
};

const char *sg_event_word(enum sg_event_kind kind);

enum { SG_EVENT_BYTES_KEPT = 512 }; /* in result files and reports */

/* Parties are "harness", "server", "client" and "reference". */
struct sg_event {
    uint64_t at_ns;
    enum sg_event_kind kind;
    char *from;
    char *to;       /* NULL where it is about one party only */
    char *peer;     /* the peer of the spec that the harness played; NULL: none */
    int connection; /* 1…; 0: none */
    size_t bytes;   /* how many there were */
    struct sg_bytes
        data;   /* the first SG_EVENT_BYTES_KEPT of them; more where the grading kept all */
    char *text; /* a word on it: "status 1", "recv() on connection 1"; NULL: none */
};

struct sg_fact {
    uint64_t at_ns;
    char *text;
};

/* What was expected and what came, around the first byte that differs. */
struct sg_difference {
    bool present;
    size_t offset;          /* of the first byte that differs */
    size_t expected_length; /* of the whole */
    size_t got_length;
    size_t start; /* offset of the excerpts below */
    struct sg_bytes expected;
    struct sg_bytes got;
    char *remark;  /* in what way they differ: "4 bytes are missing there"; or NULL */
    char *got_end; /* how what came ended: "end of stream", "reset", "nothing more came"; or NULL */
};

struct sg_diagnosis {
    enum sg_code code; /* SG_CODE_NONE: there is none */
    char *message;     /* one sentence, about the program, in the past tense */
    char *advice;      /* an instructor's hint, or NULL: advice.h has the usual one */
    struct sg_fact *facts;
    size_t fact_count;
    struct sg_difference difference;
    char *file; /* the source line that it is about; NULL: not known */
    int line;
    int excerpt_line; /* the number of the first line of … */
    char *excerpt;    /* … some lines around it; NULL: the file is not there to be shown */
};

struct sg_case_result {
    char *id;
    char *title;
    char *group; /* "" where it has none */
    char *role;  /* "server" or "client" */
    enum sg_status status;
    bool hidden;
    bool charged; /* counts in max_score; not so when the machine or the harness is to blame */
    int64_t points;
    int64_t max_points;
    uint64_t duration_ns;
    char *reason;   /* of a status other than passed and failed; NULL: none */
    char *started;  /* how the judged program was started: "./server HOST PORT"; NULL: not at all */
    char **refused; /* calls of the judged program that no submission may make: "mount()" */
    size_t refused_count;
    struct sg_diagnosis diagnosis;
    struct sg_event *transcript;
    size_t event_count;
};

struct sg_build_result {
    bool failed;
    char *message; /* one sentence; NULL where all went well */
    char *log;     /* what the compiler said, shortened; NULL: nothing */
};

/* One submission, graded. */
struct sg_run {
    char *assignment;
    char *title;
    char *submission;
    char *path;
    uint64_t seed;
    uint64_t duration_ns;
    char *network; /* the rungs that were in force: "private" … */
    char *faults;
    char *jail;
    char **notes; /* what the grader noticed about the submission */
    size_t note_count;
    struct sg_build_result build;
    bool unfinished; /* some cases have not been run yet: they stand as skipped */
    struct sg_case_result *cases;
    size_t case_count;
};

struct sg_score {
    int64_t points;
    int64_t max_points;
    size_t by_status[SG_STATUS_ERROR + 1];
};

void sg_event_done(struct sg_event *event);
void sg_case_result_done(struct sg_case_result *result);
void sg_run_done(struct sg_run *run);

/* Adds a line of evidence; `at_ns` is when it was seen. */
void sg_diagnosis_add(struct sg_diagnosis *diagnosis, uint64_t at_ns, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void sg_run_note(struct sg_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct sg_score sg_run_score(const struct sg_run *run);
/* The exit status that the contract gives such a run: 0, 1, or 3. */
int sg_run_exit_status(const struct sg_run *run);

#endif
