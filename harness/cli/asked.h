/* SPDX-License-Identifier: MIT
 * What options ask for, checked before any work is done. */
#ifndef SG_CLI_ASKED_H
#define SG_CLI_ASKED_H

#include "cli/command.h"
#include "program/machine.h"

/* The NAME of "NAME" or "NAME=FILE", which the caller frees; *ret_file is NULL where there is no
 * FILE. */
char *sg_asked_name(const char *word, const char **ret_file);
/* Whether such a FILE (NULL: none) of word `word` of the command line can be written, as far as
 * that can be seen. Returns 0 or the exit status. */
int sg_asked_file(struct sg_call *call, size_t word, const char *file);
/* Every format is known, and every file can be written as far as that can be seen; files with
 * `placeholder` (NULL: none) in their names are the caller's to look at. Returns 0 or the exit
 * status. */
int sg_asked_formats(struct sg_call *call, const char *placeholder);
/* Makes a folder for what is to be written. Blames the input where it cannot be. */
int sg_asked_folder(const char *folder, struct sg_error *err);
/* 0, -1 where the machine has less than `--require` asks for, or the exit status where that asks
 * for what there is not. */
int sg_asked_machine(struct sg_call *call, const struct sg_machine *machine, struct sg_error *err);
/* `--jobs`, or as many as there are processors. */
int sg_asked_jobs(const struct sg_call *call);

#endif
