/* SPDX-License-Identifier: MIT
 * The command line: one table of options for all commands, parsed with located complaints. */
#ifndef SG_CLI_OPTIONS_H
#define SG_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "spec/complaint.h"

enum {
    SG_MOST_REPEATED = 64, /* of one option; of operands there may be any number */
    SG_MOST_OPTIONS = 48,  /* in the table */
};

struct sg_repeated {
    const char **items;
    size_t *words; /* where in the command line each stands */
    size_t count;
};

/* The command line as it is shown with a complaint: the program's name is word 0. */
struct sg_line {
    struct sg_source source;
    struct {
        size_t column, width;
    } words[256];
    size_t count;
};

enum sg_color {
    SG_COLOR_AUTO,
    SG_COLOR_ALWAYS,
    SG_COLOR_NEVER,
};

/* For whom reports are. */
enum sg_reader {
    SG_READER_STUDENT,
    SG_READER_INSTRUCTOR, /* who may know the hidden cases */
};

struct sg_options {
    const char *assignment;
    const char *spec;
    const char *in; /* a programming language */
    struct sg_repeated cases;
    int role; /* enum sg_role; 0: both */
    /* Where in the command line these stand. */
    size_t assignment_word, spec_word, role_word, artifacts_word, in_word;
    struct sg_repeated formats; /* "NAME" or "NAME=FILE" */
    const char *artifacts;
    int64_t seed;
    int64_t jobs;                  /* 0: as many as there are processors */
    int lang;                      /* 0: by the environment, 1: English, 2: Indonesian */
    int color;                     /* enum sg_color */
    int reader;                    /* enum sg_reader */
    struct sg_repeated posts;      /* targets */
    int64_t repeat;                /* runs of a proof; 0: as many as usual */
    struct sg_repeated twins;      /* patterns of names */
    struct sg_repeated require;    /* "private,faults,jail" */
    const char *db;                /* of `grade` */
    const char *shard;             /* "I/N" */
    struct sg_repeated gradebooks; /* of `report`: "NAME" or "NAME=FILE" */
    const char *roster, *layout, *id_regex;
    size_t db_word, shard_word, intake_word; /* the last: of what is about the intake */
    struct sg_repeated submissions;          /* patterns of ids */
    bool resume, only_failed;
    bool dry_run;
    bool status, again; /* of `post` */
    bool watch;
    bool quiet;
    bool verbose;
    bool help;
    bool version;
    struct sg_repeated operands; /* the command's own name not among them */
    /* By row of the table: where it stands last; 0: it was not given. */
    size_t given[SG_MOST_OPTIONS];
};

/* Reads the words of a command line (without the program's name); options and operands may be
 * mixed, `--` ends the options. What is wrong is in `complaints`, whose places are in `line`. False
 * where anything is. */
bool sg_options_parse(int count, char **words, struct sg_options *ret, struct sg_line *line,
                      struct sg_complaints *complaints);
/* Complains of each option given that this command does not take; false where there is one. */
bool sg_options_are_of(const struct sg_options *given, const char *command,
                       const struct sg_line *line, struct sg_complaints *complaints);
/* Where in the command line the option called `name` stands last; 0: nowhere. */
size_t sg_option_word(const struct sg_options *given, const char *name);
void sg_options_done(struct sg_options *options);
/* The word that chooses among the cases: the first --case, else --role. */
size_t sg_choice_word(const struct sg_options *given);
/* Complains about word `index` of the line. */
void sg_line_complain(struct sg_complaints *complaints, const struct sg_line *line, size_t index,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Appends a table of the options for --help: those of a command, or of all where it is NULL. */
void sg_options_help(struct sg_bytes *out, const char *command);

#endif
