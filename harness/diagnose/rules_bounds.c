/* SPDX-License-Identifier: MIT
 * What a program is not allowed: more than its limits, calls that only lead out of its jail, and
 * sending without an end. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/language.h"
#include "diagnose/rules.h"

/* The kernel ends a program that goes on beyond these two limits, and says which by the signal. */
static bool ended_by_limit(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    int own = sg_death_signal(evidence), signal = own ? own : sg_child_death_signal(evidence);
    const char *subject = own ? "The" : "A process of the";
    if (signal == SIGXCPU)
        return sg_say(ret, "%s %s used more than %zu s of processor time, and was ended.", subject,
                      evidence->program.name, sg_limits_run.cpu_seconds);
    if (signal == SIGXFSZ)
        return sg_say(ret, "%s %s wrote a file of more than %zu MiB, and was ended.", subject,
                      evidence->program.name, sg_limits_run.file_bytes >> 20);
    return false;
}

static bool too_much(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    if (evidence->build_exceeded)
        return sg_say(ret, "The program was not started: %s.", evidence->found_message);
    if (!evidence->program.excess)
        return ended_by_limit(evidence, ret);
    sg_autofree char *limit = sg_usage_limit(&sg_limits_run, evidence->program.excess);
    return sg_say(ret, "The %s went beyond its limit of %s.", evidence->program.name, limit);
}

/* It made a call that was refused, and then ended or did not begin its work: that it goes on
 * without the call is no failure of its own. */
static bool forbidden(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    bool dead = sg_is_dead(evidence);
    bool starts =
        evidence->kind == SG_FAILURE_NOT_LISTENING || evidence->kind == SG_FAILURE_NOT_ACCEPTED;
    if (!evidence->program.refused_count || (!dead && !starts))
        return false;
    int status = dead ? evidence->program.process->status : 0;
    if (dead && (WIFSIGNALED(status) || WEXITSTATUS(status) == 0))
        return false;
    for (size_t i = 0; i < evidence->program.refused_count; i++)
        sg_diagnosis_add(ret, evidence->program.ended_ns, "%s failed: no submission may call it",
                         evidence->program.refused[i]);
    sg_add_last_words(evidence, ret);
    const char *name = evidence->program.name, *call = evidence->program.refused[0];
    if (!dead)
        return sg_say(ret, "The %s called %s, which no submission may, and did not begin its work.",
                      name, call);
    return sg_say(ret, "The %s called %s, which no submission may, and ended with status %d.", name,
                  call, WEXITSTATUS(status));
}

static bool floods(const struct sg_evidence *evidence, struct sg_diagnosis *ret)
{
    size_t i = 0;
    while (i < evidence->connection_count && !evidence->connections[i]->flooded)
        i++;
    if (i == evidence->connection_count || sg_goes_back_to(evidence) != SIZE_MAX)
        return false;
    ret->advice = sg_strdup(
        _("Send the bytes of the message and no more: count what send() has taken, and leave the "
          "loop when that is all."));
    return sg_say(
        ret,
        "The %s sends far too much: it had been sent %zu bytes, and when more than 16 KiB "
        "had come back, no more were read.",
        evidence->program.name, evidence->connections[i]->out.length);
}

#define ALL          (~0u)
#define WITH_PROGRAM (~(SG_KIND(NO_PROGRAM) | SG_KIND(BUILD)))

static const struct sg_rule rows[] = {
    {SG_CODE_TOO_MUCH, ALL, too_much,
     "a look at its processes, or its end by a signal that only a limit sends"},
    {SG_CODE_FORBIDDEN, WITH_PROGRAM, forbidden,
     "a call of the refused ones, seen by the filter, before it ended or did nothing"},
    {SG_CODE_EXTRA_BYTES, WITH_PROGRAM, floods, "many times the bytes that it was sent"},
};

const struct sg_rules sg_rules_bounds = {rows, SG_COUNT(rows)};
