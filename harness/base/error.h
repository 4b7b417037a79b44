/* SPDX-License-Identifier: MIT
 * Errors with blame: what failed, and whether the input or the machine is at fault.
 *
 * Every function that can fail returns -1 and fills a `struct sg_error`; callers add context going
 * up. What a student's program did wrong is never an error, it is a result. */
#ifndef SG_BASE_ERROR_H
#define SG_BASE_ERROR_H

enum sg_blame {
    SG_BLAME_INPUT,   /* the command line, a spec, a manifest: exit status 2 */
    SG_BLAME_MACHINE, /* the system or this program: exit status 3 */
};

struct sg_error {
    enum sg_blame blame;
    int os; /* errno where the system refused, else 0 */
    char text[2048];
};

/* Each fills `err` (which may be NULL) and returns -1, so that a caller can `return sg_fail(…)`. */
int sg_fail(struct sg_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
int sg_fail_machine(struct sg_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As sg_fail_machine, and adds what errno means. The format says what was tried: "bind to port
 * 5". */
int sg_fail_os(struct sg_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What an errno means, in English whatever LANGUAGE says, which strerror() follows. */
const char *sg_errno_text(int os);

/* Puts "context: " in front of the text. Returns -1. */
int sg_error_add(struct sg_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends the process with status 3 after one line on standard error. For allocation failures only:
 * nothing above could do better, and an examiner that ends so makes its case an `error`. */
_Noreturn void sg_out_of_memory(void);

#endif
