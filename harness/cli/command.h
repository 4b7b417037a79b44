/* SPDX-License-Identifier: MIT
 * The commands: one row and one file each. */
#ifndef SG_CLI_COMMAND_H
#define SG_CLI_COMMAND_H

#include "cli/options.h"

/* The exit statuses of the contract. */
enum {
    SG_EXIT_ALL_PASSED = 0,
    SG_EXIT_SOME_FAILED = 1,
    SG_EXIT_WRONG_INPUT = 2,
    SG_EXIT_MACHINE = 3,
};

/* What a command is given. */
struct sg_call {
    struct sg_options options;
    struct sg_line line; /* the command line, to complain about */
    struct sg_complaints complaints;
    int channel; /* a descriptor that a report goes to (sink.h); 0: none */
};

struct sg_command {
    const char *name; /* one word, or two */
    const char *usage;
    const char *help;
    size_t least, most; /* operands */
    int (*run)(struct sg_call *call);
    bool posts; /* it opens posters, and wipes the secrets of targets itself: posting.h */
    bool forks; /* children of its own: a stop is heeded where they can be let go of (base/stop.h),
                   and what they leave behind becomes this process's */
    void (*more_help)(struct sg_bytes *out); /* for `sockgrade NAME --help`; may be NULL */
};

extern const struct sg_command sg_commands[];
extern const size_t sg_command_count;

/* Runs the command line; returns the exit status. */
int sg_command_main(int count, char **words);

int sg_command_check(struct sg_call *call);
int sg_command_grade(struct sg_call *call);
int sg_command_report(struct sg_call *call);
int sg_command_merge(struct sg_call *call);
int sg_command_list(struct sg_call *call);
int sg_command_init(struct sg_call *call);
int sg_command_spec_lint(struct sg_call *call);
int sg_command_spec_show(struct sg_call *call);
int sg_command_spec_prove(struct sg_call *call);
int sg_command_explain(struct sg_call *call);
int sg_command_doctor(struct sg_call *call);
int sg_command_post(struct sg_call *call);

#endif
