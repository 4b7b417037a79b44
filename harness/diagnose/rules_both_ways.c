/* SPDX-License-Identifier: MIT
 * Programs that pass on what stands on their standard input and what a server sends (telnet, chat):
 * which of the two ways is stuck, and behind what. */
#include "base/language.h"
#include "diagnose/rules.h"

static bool passes_input_on(const struct sg_evidence *evidence)
{
    const struct sg_process *process = evidence->program.process;
    return evidence->one->role == SG_ROLE_CLIENT && process && process->to_feed.length &&
           evidence->connection;
}

/* All of its output counts, and a part of it is missing. */
static bool is_exact_output(const struct sg_evidence *evidence)
{
    return evidence->kind == SG_FAILURE_PRINTED && evidence->step &&
           evidence->step->action == SG_ACT_EXPECT_OUTPUT;
}

static bool waits_for_input(const struct sg_evidence *evidence)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    return wait && wait->target == SG_TARGET_INPUT && evidence->outcome == SG_OUTCOME_STILL;
}

static bool waits_for_either(const struct sg_evidence *evidence)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    return wait && wait->target == SG_TARGET_SEVERAL && evidence->outcome == SG_OUTCOME_STILL;
}

static bool waits_for_server(const struct sg_evidence *evidence)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    return wait && wait->target == SG_TARGET_CONNECTION && evidence->outcome == SG_OUTCOME_STILL;
}

static struct sg_slice input_of(const struct sg_evidence *evidence)
{
    return sg_bytes_slice(&evidence->program.process->to_feed);
}

/* Its input lies there, and it reads from the server; or it has read no whole line. */
static bool leaves_its_input(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const char *name = evidence->program.name;
    if (evidence->kind != SG_FAILURE_DATA || !passes_input_on(evidence) || !sg_is_open(evidence) ||
        !sg_is_short(evidence))
        return false;
    struct sg_slice input = input_of(evidence);
    sg_add_wait(evidence, ret);
    if (waits_for_server(evidence))
        return sg_say(ret, "The %s waits for the server, and leaves its standard input alone.",
                      name);
    if (waits_for_input(evidence) && input.data[input.length - 1] != '\n')
        return sg_say(ret, "The %s waits for the end of a line before it sends what it was given.",
                      name);
    if (waits_for_input(evidence))
        return sg_say(
            ret, "The %s waits for more on its standard input, and has not sent what stood there.",
            name);
    if (!waits_for_either(evidence) || !evidence->got.length)
        return false;
    ret->advice = sg_strdup(
        _("What fgets(), getline() or readline() have read ahead, select() and poll() do not see: "
          "use up all lines that they hold before you wait, or read with read()."));
    return sg_say(ret,
                  "Several lines stood on its standard input at once: the %s has sent %zu of their "
                  "%zu bytes, and waits for new ones.",
                  name, evidence->got.length, evidence->expected.length);
}

/* What the server sent lies there, and it reads its input. */
static bool leaves_the_server(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_wait *wait = sg_main_wait(evidence);
    if (!is_exact_output(evidence) || !sg_is_short(evidence) || sg_is_dead(evidence) || !wait ||
        evidence->outcome != SG_OUTCOME_STILL)
        return false;
    if (waits_for_input(evidence))
        return sg_say(ret,
                      "The %s waits for its standard input, and does not print what the server has "
                      "sent.",
                      evidence->program.name);
    if (wait->target != SG_TARGET_CONNECTION || !wait->writes)
        return false;
    ret->advice =
        sg_strdup(_("Do not wait in send(): make the socket non-blocking and let poll() tell when "
                    "it takes more, or read in a thread of its own."));
    return sg_say(ret,
                  "The %s waits to send, and does not print what the server has sent meanwhile.",
                  evidence->program.name);
}

/* It ended with its input, or with what it took for the end, while the server still had something
 * to say. */
static bool ends_with_its_input(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!is_exact_output(evidence) || !sg_is_short(evidence) || !sg_is_dead(evidence) ||
        sg_death_signal(evidence) || sg_died_of_exception(evidence))
        return false;
    return sg_say(ret, "The %s ended before it had printed all that the server sent.",
                  evidence->program.name);
}

/* The same where anything may stand around it: nothing but its input is waited for. */
static bool types_first(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    const struct sg_still *still = evidence->program.still;
    bool printed = evidence->step && evidence->step->action == SG_ACT_EXPECT_PRINTED;
    bool sent = evidence->connection_count &&
                evidence->connections[evidence->connection_count - 1]->out.length;
    if (!printed || !sent || evidence->given.length || !waits_for_input(evidence))
        return false;
    for (size_t i = 0; i < still->count; i++) {
        const struct sg_wait *wait = &still->waits[i];
        if (!wait->service && wait->target != SG_TARGET_INPUT && wait->target != SG_TARGET_LOCK)
            return false;
    }
    return sg_say(ret,
                  "The %s waits for its standard input, and does not print what the server has "
                  "sent.",
                  evidence->program.name);
}

static bool does_not_half_close(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (!passes_input_on(evidence) || evidence->program.process->input >= 0)
        return false;
    sg_add_wait(evidence, ret);
    return sg_say(ret, "Its standard input has ended, and the %s has not ended its stream.",
                  evidence->program.name);
}

static const struct sg_rule rows[] = {
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(DATA), leaves_its_input,
     "still, with input that it was given and has not sent"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(PRINTED), leaves_the_server,
     "still, with bytes of the server that it has not printed, in another call than a receive"},
    {SG_CODE_WAITS_FOR_MORE, SG_KIND(PRINTED), types_first,
     "still, and its input alone is waited for, with bytes of the server to be printed"},
    {SG_CODE_CLOSES_TOO_EARLY, SG_KIND(PRINTED), ends_with_its_input,
     "its end before all of the output"},
    {SG_CODE_NEVER_CLOSES, SG_KIND(NOT_ENDED), does_not_half_close,
     "an open stream behind an input that has ended"},
};

const struct sg_rules sg_rules_both_ways = {rows, SG_COUNT(rows)};
