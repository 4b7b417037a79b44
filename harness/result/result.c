/* SPDX-License-Identifier: MIT
 * Results: freed, added to, summed up. */
#include "result/result.h"

#include <stdlib.h>

#include "base/language.h"

static const char *const status_words[] = {
    [SG_STATUS_PASSED] = N_("passed"),   [SG_STATUS_FAILED] = N_("failed"),
    [SG_STATUS_SKIPPED] = N_("skipped"), [SG_STATUS_INCONCLUSIVE] = N_("inconclusive"),
    [SG_STATUS_ERROR] = N_("error"),
};

const char *sg_status_word(enum sg_status status)
{
    return status_words[status];
}

static const char *const event_words[] = {
    [SG_EVENT_START] = "start",     [SG_EVENT_LISTEN] = "listen", [SG_EVENT_CONNECT] = "connect",
    [SG_EVENT_DATA] = "data",       [SG_EVENT_END] = "end",       [SG_EVENT_RESET] = "reset",
    [SG_EVENT_CLOSE] = "close",     [SG_EVENT_UNSENT] = "unsent", [SG_EVENT_STDIN] = "stdin",
    [SG_EVENT_OUTPUT] = "output",   [SG_EVENT_SIGNAL] = "signal", [SG_EVENT_EXIT] = "exit",
    [SG_EVENT_BLOCKED] = "blocked", [SG_EVENT_FAULT] = "fault",
};

const char *sg_event_word(enum sg_event_kind kind)
{
    return event_words[kind];
}

void sg_event_done(struct sg_event *event)
{
    free(event->from);
    free(event->to);
    free(event->peer);
    free(event->text);
    sg_bytes_done(&event->data);
    *event = (struct sg_event){0};
}

static void diagnosis_done(struct sg_diagnosis *diagnosis)
{
    free(diagnosis->message);
    free(diagnosis->advice);
    free(diagnosis->file);
    free(diagnosis->excerpt);
    for (size_t i = 0; i < diagnosis->fact_count; i++)
        free(diagnosis->facts[i].text);
    free(diagnosis->facts);
    sg_bytes_done(&diagnosis->difference.expected);
    sg_bytes_done(&diagnosis->difference.got);
    free(diagnosis->difference.remark);
    free(diagnosis->difference.got_end);
    *diagnosis = (struct sg_diagnosis){0};
}

void sg_case_result_done(struct sg_case_result *result)
{
    free(result->id);
    free(result->title);
    free(result->group);
    free(result->role);
    free(result->reason);
    free(result->started);
    for (size_t i = 0; i < result->refused_count; i++)
        free(result->refused[i]);
    free(result->refused);
    diagnosis_done(&result->diagnosis);
    for (size_t i = 0; i < result->event_count; i++)
        sg_event_done(&result->transcript[i]);
    free(result->transcript);
    *result = (struct sg_case_result){0};
}

void sg_run_done(struct sg_run *run)
{
    free(run->assignment);
    free(run->title);
    free(run->submission);
    free(run->path);
    free(run->network);
    free(run->faults);
    free(run->jail);
    for (size_t i = 0; i < run->note_count; i++)
        free(run->notes[i]);
    free(run->notes);
    free(run->build.message);
    free(run->build.log);
    for (size_t i = 0; i < run->case_count; i++)
        sg_case_result_done(&run->cases[i]);
    free(run->cases);
    *run = (struct sg_run){0};
}

static char *format_text(const char *format, va_list args)
{
    struct sg_bytes text = {0};
    sg_bytes_vprintf(&text, format, args);
    return sg_bytes_take_text(&text);
}

void sg_diagnosis_add(struct sg_diagnosis *diagnosis, uint64_t at_ns, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_text(_(format), args);
    va_end(args);
    diagnosis->facts =
        sg_realloc_array(diagnosis->facts, diagnosis->fact_count + 1, sizeof *diagnosis->facts);
    diagnosis->facts[diagnosis->fact_count++] = (struct sg_fact){.at_ns = at_ns, .text = text};
}

void sg_run_note(struct sg_run *run, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = format_text(_(format), args);
    va_end(args);
    run->notes = sg_realloc_array(run->notes, run->note_count + 1, sizeof *run->notes);
    run->notes[run->note_count++] = text;
}

struct sg_score sg_run_score(const struct sg_run *run)
{
    struct sg_score score = {0};
    for (size_t i = 0; i < run->case_count; i++) {
        const struct sg_case_result *result = &run->cases[i];
        score.by_status[result->status]++;
        if (!result->charged)
            continue;
        score.points += result->points;
        score.max_points += result->max_points;
    }
    return score;
}

int sg_run_exit_status(const struct sg_run *run)
{
    struct sg_score score = sg_run_score(run);
    if (score.by_status[SG_STATUS_ERROR])
        return 3;
    /* Where the machine let nothing be judged, nobody passed. */
    if (run->case_count && !score.by_status[SG_STATUS_PASSED] && !score.by_status[SG_STATUS_FAILED])
        return 3;
    bool lost = score.by_status[SG_STATUS_FAILED] || score.points < score.max_points;
    return lost ? 1 : 0;
}
