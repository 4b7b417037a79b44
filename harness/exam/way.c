/* SPDX-License-Identifier: MIT
 * Finds the way to start a program. */
#include "exam/way.h"

#include <stdio.h>
#include <string.h>

#include "exam/numbered.h"
#include "exam/trial.h"

struct trial {
    struct sg_exam_request request;
    struct sg_way *way; /* in `request`: of the judged role */
    struct sg_observation seen;
};

bool sg_way_gives(enum sg_way_form form, const char *argument)
{
    bool port = strcmp(argument, "$port") == 0;
    bool address = argument[0] == '$' && sg_word_is_address(argument + 1);
    switch (form) {
    case SG_WAY_ALL:
        return true;
    case SG_WAY_ADDRESS:
        return address;
    case SG_WAY_PORT:
        return port;
    case SG_WAY_MESSAGE:
        return !address;
    case SG_WAY_UNKNOWN:
    case SG_WAY_NONE:
    case SG_WAY_MANIFEST:
        break;
    }
    return false;
}

static int try_form(struct trial *trial, enum sg_way_form form, struct sg_error *err)
{
    trial->way->form = form;
    trial->way->message = SG_MESSAGE_GIVEN;
    sg_observe(&trial->request, &trial->seen);
    return trial->seen.ran ? 0 : sg_fail_machine(err, "%s", trial->seen.text);
}

/* The program did what one of its role does: it listened somewhere, or connected somewhere. */
static bool did_its_part(const struct trial *trial)
{
    return trial->seen.listened || trial->seen.connected;
}

static bool honours_address(const struct trial *trial)
{
    const struct sg_observation *seen = &trial->seen;
    return did_its_part(trial) && seen->port == seen->given_port &&
           (seen->listened || seen->host_given);
}

static bool swaps_port(const struct sg_observation *seen)
{
    return seen->port == (uint16_t)(seen->given_port << 8 | seen->given_port >> 8);
}

static void note_address(struct sg_way *way, const struct trial *trial)
{
    way->honours_address = honours_address(trial);
    way->swapped_port = did_its_part(trial) && swaps_port(&trial->seen);
    way->given_port = trial->seen.given_port;
    way->found_port = trial->seen.port;
    memcpy(way->given_host, trial->seen.given_host, sizeof way->given_host);
    memcpy(way->found_host, trial->seen.host, sizeof way->found_host);
}

enum { OTHER_SEED = 0x5bd1e995 };

/* A port that is neither the one it was given nor always the same is not fixed in its source. */
static int note_wrong_port(struct trial *trial, struct sg_error *err)
{
    if (!did_its_part(trial) || trial->seen.port == trial->seen.given_port)
        return 0;
    struct trial other = *trial;
    other.request.seed ^= OTHER_SEED;
    other.way = &other.request.ways[trial->way - trial->request.ways];
    if (try_form(&other, trial->way->form, err) < 0)
        return -1;
    trial->way->wrong_port = did_its_part(&other) && other.seen.port != trial->seen.port;
    return 0;
}

/* A program may wait for its standard input beside its work: does it send the message that it was
 * given where nothing comes there? */
static int try_unfed(const struct trial *trial, bool *ret_right, struct sg_error *err)
{
    struct trial unfed = *trial;
    unfed.request.feeds_nothing = true;
    unfed.way = &unfed.request.ways[trial->way - trial->request.ways];
    if (try_form(&unfed, trial->way->form, err) < 0)
        return -1;
    *ret_right = unfed.seen.message_right;
    return 0;
}

/* Where the client's message comes from. One in its source is the same whatever it is given. */
static int find_message(struct trial *trial, struct sg_error *err)
{
    bool given = trial->seen.message_right && !trial->seen.fed;
    if (trial->seen.fed && try_unfed(trial, &given, err) < 0)
        return -1;
    if (given || trial->seen.message_right) {
        trial->way->message = given ? SG_MESSAGE_GIVEN : SG_MESSAGE_FED;
        return 0;
    }
    enum sg_message_source source = trial->seen.fed ? SG_MESSAGE_FED : SG_MESSAGE_GIVEN;
    struct sg_observation first = trial->seen;
    if (first.received) {
        trial->request.seed ^= OTHER_SEED;
        if (try_form(trial, trial->way->form, err) < 0)
            return -1;
        if (trial->seen.received == first.received &&
            trial->seen.received_hash == first.received_hash)
            source = SG_MESSAGE_FIXED;
    }
    trial->way->message = source;
    return 0;
}

/* How datagrams are numbered, and the file ended: the first way with which the server is right. */
static void find_numbering(struct trial *trial)
{
    static const struct {
        uint32_t first_number;
        bool bare_end;
    } numberings[] = {{0, false}, {1, false}, {0, true}, {1, true}};
    if (!sg_exam_sends_numbers(&trial->request.one->play))
        return;
    for (size_t i = 0; i < SG_COUNT(numberings); i++) {
        struct sg_probe_answer answer;
        trial->way->first_number = numberings[i].first_number;
        trial->way->bare_end = numberings[i].bare_end;
        sg_play_again(&trial->request, &answer);
        if (!answer.failed || !answer.ran)
            return;
    }
    trial->way->first_number = numberings[0].first_number;
    trial->way->bare_end = numberings[0].bare_end;
}

static void show(const struct sg_found *found, const struct sg_program *program, struct sg_way *way)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_words_print(&found->command, &text);
    for (size_t i = 0; i < program->arguments.count; i++) {
        const char *argument = program->arguments.items[i];
        if (!sg_way_gives(way->form, argument))
            continue;
        sg_bytes_add_byte(&text, ' ');
        for (const char *c = argument[0] == '$' ? argument + 1 : argument; *c; c++) {
            bool letter = argument[0] == '$' && *c >= 'a' && *c <= 'z';
            sg_bytes_add_byte(&text, (uint8_t)(letter ? *c - 'a' + 'A' : *c));
        }
    }
    (void)snprintf(way->shown, sizeof way->shown, "%.250s", sg_bytes_text(&text));
}

/* It was given fewer arguments than it uses, and touched what was not there before it sent
 * anything. */
static bool misses_an_argument(const struct trial *trial)
{
    return trial->way->form != SG_WAY_ALL && trial->seen.fell && !trial->seen.received;
}

/* Whether it is worth the time, where `found` is the first form in which it did its part, or
 * none. */
static bool is_tried(const struct trial *trial, enum sg_way_form form, enum sg_way_form found)
{
    bool server = trial->request.one->role == SG_ROLE_SERVER;
    if (form == SG_WAY_ADDRESS) /* one that ran with all did not mind the message */
        return !server && !found;
    if (form == SG_WAY_MESSAGE)
        return !server && found != SG_WAY_ALL;
    return form != SG_WAY_NONE || !found; /* it ran with an argument; without one it cannot obey */
}

/* The first way in which it obeys its address; else the first in which it does its part at all, or
 * that with the message alone where this is what it sends. */
static int choose_form(struct trial *trial, struct sg_error *err)
{
    static const enum sg_way_form forms[] = {SG_WAY_ALL, SG_WAY_ADDRESS, SG_WAY_PORT,
                                             SG_WAY_MESSAGE, SG_WAY_NONE};
    enum sg_way_form best = SG_WAY_UNKNOWN;
    struct sg_observation best_seen = {0};
    for (size_t i = 0; i < SG_COUNT(forms); i++) {
        if (!is_tried(trial, forms[i], best))
            continue;
        if (try_form(trial, forms[i], err) < 0)
            return -1;
        if (misses_an_argument(trial))
            continue;
        bool sends_it = forms[i] == SG_WAY_MESSAGE && did_its_part(trial) &&
                        trial->seen.message_right && !trial->seen.fed;
        if (honours_address(trial) || sends_it || trial->seen.exceeded)
            return 0;
        if (!best && did_its_part(trial)) {
            best = forms[i];
            best_seen = trial->seen;
        }
    }
    if (!best)
        best = SG_WAY_ALL;
    trial->way->form = best;
    trial->seen = best_seen;
    return 0;
}

/* A program that neither listens on $port nor asks there is judged by what it prints alone: the
 * first form in which its first case comes out right, else all arguments. */
static int choose_by_result(struct trial *trial, const struct sg_program *program,
                            struct sg_error *err)
{
    static const enum sg_way_form forms[] = {SG_WAY_ALL, SG_WAY_ADDRESS, SG_WAY_NONE};
    size_t before = 0;
    for (size_t i = 0; i < SG_COUNT(forms); i++) {
        size_t given = 0;
        for (size_t a = 0; a < program->arguments.count; a++)
            given += sg_way_gives(forms[i], program->arguments.items[a]);
        /* Another form is one that gives fewer. */
        if (i && given >= before)
            continue;
        before = given;
        if (try_form(trial, forms[i], err) < 0)
            return -1;
        if (trial->seen.played)
            return 0;
    }
    trial->way->form = SG_WAY_ALL;
    return 0;
}

/* The way of such a program; of its address and message there is nothing to be known. */
static int find_by_result(struct trial *trial, const struct sg_found *found,
                          const struct sg_program *program, struct sg_error *err)
{
    trial->way->form = SG_WAY_MANIFEST;
    if (!found->whole && choose_by_result(trial, program, err) < 0)
        return -1;
    show(found, program, trial->way);
    return 0;
}

int sg_way_find(struct sg_exam_request *request, const struct sg_case *role_case,
                struct sg_error *err)
{
    bool server = role_case->role == SG_ROLE_SERVER;
    const struct sg_found *found =
        server ? &request->submission->server : &request->submission->client;
    struct sg_way *way = &request->ways[server ? 0 : 1];
    *way = (struct sg_way){.form = SG_WAY_ALL};
    if (found->kind != SG_FOUND_PROGRAM)
        return 0;
    struct trial trial = {.request = *request};
    trial.request.one = role_case;
    trial.way = &trial.request.ways[server ? 0 : 1];
    const struct sg_program *program =
        sg_assignment_program(request->assignment, server ? "server" : "client");
    if (!sg_program_has_port(program)) {
        if (find_by_result(&trial, found, program, err) < 0)
            return -1;
        *way = *trial.way;
        return 0;
    }
    int failed = found->whole ? try_form(&trial, SG_WAY_MANIFEST, err) : choose_form(&trial, err);
    if (failed)
        return -1;
    note_address(trial.way, &trial);
    if (note_wrong_port(&trial, err) < 0)
        return -1;
    if (!server && find_message(&trial, err) < 0)
        return -1;
    if (server)
        find_numbering(&trial);
    show(found, program, trial.way);
    *way = *trial.way;
    return 0;
}
