/* SPDX-License-Identifier: MIT
 * Cases are graded several at a time. */
#include "exam/grade.h"

#include <unistd.h>

#include "../scratch.h"
#include "../spec/loaded.h"
#include "exam/examiner.h"
#include "exam/sweep.h"
#include "program/proc.h"

static const char echo_server[] = "#include <arpa/inet.h>\n"
                                  "#include <stdlib.h>\n"
                                  "#include <unistd.h>\n"
                                  "int main(int count, char **words)\n"
                                  "{\n"
                                  "    struct sockaddr_in at = {.sin_family = AF_INET};\n"
                                  "    int one = socket(AF_INET, SOCK_STREAM, 0);\n"
                                  "    at.sin_port = htons(atoi(words[count - 1]));\n"
                                  "    bind(one, (void *)&at, sizeof at);\n"
                                  "    listen(one, 9);\n"
                                  "    for (;;) {\n"
                                  "        char byte;\n"
                                  "        int client = accept(one, 0, 0);\n"
                                  "        while (read(client, &byte, 1) == 1)\n"
                                  "            write(client, &byte, 1);\n"
                                  "        close(client);\n"
                                  "    }\n"
                                  "}\n";

/* So many cases that there would be more examiners than there may be. */
static void make_spec(struct sg_bytes *out)
{
    sg_bytes_add_text(out, HEAD "cases:\n");
    for (int i = 0; i < SG_MOST_EXAMINERS + 16; i++) {
        sg_bytes_printf(out,
                        "  - id: case-%d\n    title: A case\n    role: server\n    points: 1\n"
                        "    play: [c: connect, c: {send: \"a\"}, c: {expect: \"a\"}]\n",
                        i);
    }
}

static void note_examiners(void *state, const struct sg_case_result *result, size_t done,
                           size_t all)
{
    size_t *most = state;
    struct sg_children examiners = {0};
    (void)result, (void)done, (void)all;
    sg_proc_children(getpid(), &examiners.pids, &examiners.count);
    *most = examiners.count > *most ? examiners.count : *most;
    sg_children_done(&examiners);
}

Test(grade, there_are_never_more_examiners_than_can_be_waited_for)
{
    SCRATCH(scratch);
    sg_autobytes struct sg_bytes text = {0};
    struct sg_complaints complaints = {0};
    struct sg_error err = {0};
    struct sg_machine machine;
    struct sg_submission submission;
    struct sg_run run = {0};
    size_t most = 0;
    make_spec(&text);
    RIGHT(loaded, sg_bytes_text(&text));
    scratch_write(&scratch, "server.c", echo_server);
    cr_assert_eq(sg_machine_probe(&machine, &err), 0, "%s", err.text);
    cr_assert_eq(sg_submission_open(scratch.path, &submission, &complaints, &err), 0);
    cr_assert_eq(sg_submission_build(&submission, &loaded.spec->assignment, &machine.rungs, &err),
                 0, "%s", err.text);
    const struct sg_grading grading = {.assignment = &loaded.spec->assignment,
                                       .submission = &submission,
                                       .machine = &machine,
                                       .seed = 1,
                                       .jobs = 256,
                                       .progress = note_examiners,
                                       .progress_state = &most};
    cr_assert_eq(sg_grade(&grading, &run, &err), 0, "%s", err.text);
    cr_expect_gt(most, SG_MOST_EXAMINERS / 2);
    cr_expect_leq(most, SG_MOST_EXAMINERS);
    for (size_t i = 0; i < run.case_count; i++)
        cr_expect_eq(run.cases[i].status, SG_STATUS_PASSED, "case %zu", i);
    sg_run_done(&run);
    sg_submission_done(&submission);
    sg_complaints_done(&complaints);
}
