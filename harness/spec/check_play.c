/* SPDX-License-Identifier: MIT
 * Checks the play of a case: actors exist and can do what they do, nothing is expected of a
 * connection that is not there or is over, and something is expected at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spec/check.h"

enum { MOST_MEMBERS = 1000 };

/* What is known of a peer's connection at a point of the play. */
enum state {
    STATE_NEW,       /* not connected, not listening */
    STATE_LISTENING, /* a server peer before `accept` */
    STATE_OPEN,
    STATE_HALF,  /* we have ended our stream */
    STATE_ENDED, /* the program has ended its stream, and we have not */
    STATE_OVER,  /* closed or reset by us, or both ends over */
};

struct member {
    const struct sg_peer *peer;
    size_t number; /* 1… in a group, 0 else */
    enum state state;
    bool deaf; /* has stopped reading */
};

struct checking {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    struct sg_complaints *complaints;
    struct member members[MOST_MEMBERS];
    size_t member_count;
    bool expects;
    bool repeated;
    size_t repeats;  /* how many the step stands in */
    bool started[2]; /* programs by index: started by the play or before it */
};

static bool is_over_udp(const struct sg_assignment *assignment)
{
    return assignment->transport == SG_TRANSPORT_UDP;
}

static void add_members(struct checking *checking)
{
    for (size_t i = 0; i < checking->assignment->peers.count; i++) {
        const struct sg_peer *peer = &checking->assignment->peers.items[i];
        size_t count = peer->count ? (size_t)peer->count : 1;
        bool open = is_over_udp(checking->assignment) && peer->kind != SG_ACTOR_SERVER;
        for (size_t n = 0; n < count && checking->member_count < MOST_MEMBERS; n++)
            checking->members[checking->member_count++] =
                (struct member){.peer = peer,
                                .number = peer->count ? n + 1 : 0,
                                .state = open ? STATE_OPEN : STATE_NEW};
    }
}

/* Whether the actor `name` of a step means this member. */
static bool is_meant(const struct member *member, const char *name)
{
    size_t length = strlen(member->peer->name);
    if (strncmp(name, member->peer->name, length) != 0)
        return false;
    const char *rest = name + length;
    if (member->number == 0)
        return *rest == 0;
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", member->number);
    return strcmp(rest, "*") == 0 || strcmp(rest, number) == 0;
}

/* Whether `name` is a group, or a group and a number that is not in it; complains where it is. */
static bool is_group(struct checking *checking, const struct sg_step *step)
{
    for (size_t i = 0; i < checking->assignment->peers.count; i++) {
        const struct sg_peer *peer = &checking->assignment->peers.items[i];
        size_t length = strlen(peer->name);
        if (!peer->count || strncmp(step->actor, peer->name, length) != 0)
            continue;
        if (strspn(step->actor + length, "0123456789") != strlen(step->actor + length))
            continue;
        sg_complain(checking->complaints, step->actor_node,
                    "'%s' is a group: write %s1 to %s%d, or %s* for all", peer->name, peer->name,
                    peer->name, (int)peer->count, peer->name);
        return true;
    }
    return false;
}

static void complain_of_actor(struct checking *checking, const struct sg_step *step)
{
    const struct sg_assignment *assignment = checking->assignment;
    struct sg_nearest nearest = {.word = step->actor};
    sg_autobytes struct sg_bytes names = {0};
    if (is_group(checking, step))
        return;
    for (size_t i = 0; i < assignment->peers.count; i++) {
        sg_nearest_offer(&nearest, assignment->peers.items[i].name);
        sg_bytes_printf(&names, "%s, ", assignment->peers.items[i].name);
    }
    for (size_t i = 0; i < assignment->programs.count; i++) {
        sg_nearest_offer(&nearest, assignment->programs.items[i].name);
        sg_bytes_printf(&names, "%s, ", assignment->programs.items[i].name);
    }
    sg_autofree char *meant = sg_check_suggest(&nearest);
    if (*meant || names.length < 2)
        sg_complain(checking->complaints, step->actor_node, "nobody is called '%s'%s", step->actor,
                    meant);
    else
        sg_complain(checking->complaints, step->actor_node,
                    "nobody is called '%s' (there are: %.*s)", step->actor, (int)names.length - 2,
                    sg_bytes_text(&names));
}

static const char *state_words(const struct sg_peer *peer, enum state state, bool datagrams)
{
    switch (state) {
    case STATE_NEW:
        return peer->kind == SG_ACTOR_CLIENT ? "is not connected yet" : "does not listen yet";
    case STATE_LISTENING:
        return datagrams ? "has had no message yet" : "has not accepted a connection yet";
    case STATE_OPEN:
        return datagrams ? "listens already" : "is connected already";
    case STATE_HALF:
        return "has ended its stream";
    case STATE_ENDED:
        return "was told that the stream ends";
    case STATE_OVER:
        return datagrams ? "has closed its socket" : "has closed its connection";
    }
    return "";
}

/* The states in which an action makes sense (bits), and the state after it; -1: as before. */
static const struct {
    unsigned from;
    int to;
} moves[SG_ACT_END] = {
#define IN(state) (1u << (state))
#define ALIVE     (IN(STATE_OPEN) | IN(STATE_HALF))
    [SG_ACT_CONNECT] = {IN(STATE_NEW) | IN(STATE_OVER) | IN(STATE_ENDED), STATE_OPEN},
    [SG_ACT_JOIN] = {IN(STATE_NEW) | IN(STATE_OVER) | IN(STATE_ENDED), STATE_OPEN},
    [SG_ACT_JOIN_IN_PIECES] = {IN(STATE_NEW) | IN(STATE_OVER) | IN(STATE_ENDED), STATE_OPEN},
    [SG_ACT_LISTEN] = {IN(STATE_NEW) | IN(STATE_OVER), STATE_LISTENING},
    [SG_ACT_ACCEPT] = {IN(STATE_LISTENING) | IN(STATE_OVER) | IN(STATE_ENDED), STATE_OPEN},
    [SG_ACT_SEND] = {IN(STATE_OPEN) | IN(STATE_ENDED), -1},
    [SG_ACT_EXPECT] = {ALIVE, -1},
    [SG_ACT_EXPECT_LINE] = {ALIVE, -1},
    [SG_ACT_EXPECT_OTHERS] = {ALIVE, -1},
    [SG_ACT_EXPECT_MESSAGE] = {ALIVE, -1},
    [SG_ACT_EXPECT_EOF] = {ALIVE, STATE_ENDED},
    [SG_ACT_EXPECT_CLOSED] = {ALIVE, STATE_ENDED},
    [SG_ACT_EXPECT_SOMETHING] = {ALIVE, -1},
    [SG_ACT_EXPECT_OVER] = {ALIVE, STATE_ENDED},
    [SG_ACT_EXPECT_UNTERMINATED] = {ALIVE | IN(STATE_ENDED), -1},
    [SG_ACT_QUIET] = {ALIVE, -1},
    [SG_ACT_KEEP_WAITING] = {ALIVE | IN(STATE_ENDED), -1},
    [SG_ACT_EXPECT_NO_MORE] = {ALIVE, -1},
    [SG_ACT_EXPECT_NO_RESET] = {ALIVE, -1},
    [SG_ACT_SHUTDOWN] = {IN(STATE_OPEN), STATE_HALF},
    [SG_ACT_CLOSE] = {IN(STATE_LISTENING) | ALIVE | IN(STATE_ENDED), STATE_OVER},
    [SG_ACT_RESET] = {ALIVE | IN(STATE_ENDED), STATE_OVER},
    [SG_ACT_STOP_READING] = {ALIVE, -1},
    [SG_ACT_READ_SLOWLY] = {ALIVE, -1},
    [SG_ACT_RESUME_READING] = {ALIVE, -1},
    [SG_ACT_EXPECT_NO_OTHER] = {~IN(STATE_NEW), -1},
};

/* The same over UDP: nothing is connected, a client and a stranger are open from the start, and a
 * server is when it knows whom to answer. What is not here cannot be done with datagrams. */
static const struct {
    unsigned from;
    int to;
} datagram_moves[SG_ACT_END] = {
    [SG_ACT_LISTEN] = {IN(STATE_NEW) | IN(STATE_OVER), STATE_LISTENING},
    [SG_ACT_EXPECT_MESSAGE] = {IN(STATE_LISTENING) | IN(STATE_OPEN), STATE_OPEN},
    [SG_ACT_SEND] = {IN(STATE_OPEN), -1},
    [SG_ACT_EXPECT] = {IN(STATE_OPEN), -1},
    [SG_ACT_QUIET] = {IN(STATE_LISTENING) | IN(STATE_OPEN), -1},
    [SG_ACT_KEEP_WAITING] = {IN(STATE_LISTENING) | IN(STATE_OPEN), -1},
    [SG_ACT_EXPECT_NO_MORE] = {IN(STATE_LISTENING) | IN(STATE_OPEN), -1},
    [SG_ACT_CLOSE] = {IN(STATE_LISTENING) | IN(STATE_OPEN), STATE_OVER},
};

static bool reads(int action)
{
    return action == SG_ACT_EXPECT || action == SG_ACT_EXPECT_LINE ||
           action == SG_ACT_EXPECT_OTHERS || action == SG_ACT_EXPECT_MESSAGE ||
           action == SG_ACT_EXPECT_EOF || action == SG_ACT_EXPECT_SOMETHING ||
           action == SG_ACT_EXPECT_OVER;
}

/* Whether the program is there to do something with. */
static void check_runs(struct checking *checking, const struct sg_step *step, const char *name)
{
    const struct sg_program *program = sg_assignment_program(checking->assignment, name);
    if (!program && sg_case_cast(checking->one, name))
        return; /* complained of: the case judges it */
    if (!program || !sg_case_cast(checking->one, name)) {
        sg_complain(checking->complaints, step->node,
                    "'%s' cannot '%s': nobody plays '%s' in this case", step->actor,
                    sg_action_info(step->action)->word, name);
        return;
    }
    if (!checking->started[program - checking->assignment->programs.items])
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': '%s' does not run",
                    step->actor, sg_action_info(step->action)->word, name);
}

/* Whether the program that `member` has to do with is there to connect to, or to be connected
 * by. */
static void check_other_side(struct checking *checking, const struct sg_step *step,
                             const struct member *member)
{
    check_runs(checking, step, member->peer->kind == SG_ACTOR_CLIENT ? "server" : "client");
}

/* Whether a server has had a message of the client, so that a stranger knows where to send. */
static bool is_client_known(const struct checking *checking)
{
    for (size_t i = 0; i < checking->member_count; i++) {
        const struct member *member = &checking->members[i];
        if (member->peer->kind == SG_ACTOR_SERVER && member->state == STATE_OPEN)
            return true;
    }
    return false;
}

static void check_datagram_step(struct checking *checking, const struct sg_step *step,
                                struct member *member)
{
    const char *word = sg_action_info(step->action)->word;
    unsigned from = datagram_moves[step->action].from;
    if (!from || step->split.form != SG_SPLIT_WHOLE) {
        sg_complain(checking->complaints, step->node,
                    "'%s' cannot be done with datagrams ('transport: udp')", from ? "as" : word);
        return;
    }
    if (!(from & IN(member->state)))
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': it %s", step->actor, word,
                    state_words(member->peer, member->state, true));
    else if (member->peer->kind == SG_ACTOR_STRANGER && !is_client_known(checking))
        sg_complain(checking->complaints, step->node,
                    "'%s' cannot '%s': no server has had a message of the client", step->actor,
                    word);
    bool first = step->action == SG_ACT_SEND || step->action == SG_ACT_EXPECT_MESSAGE;
    if (first)
        check_other_side(checking, step, member);
    if (datagram_moves[step->action].to >= 0)
        member->state = (enum state)datagram_moves[step->action].to;
}

/* A host is there from the start, and has no connection that could be in a state. */
static void check_host_step(struct checking *checking, const struct sg_step *step)
{
    const struct sg_peer *to = step->to ? sg_assignment_peer(checking->assignment, step->to) : NULL;
    if (step->action != SG_ACT_ANSWER)
        check_runs(checking, step, "client");
    if (step->action == SG_ACT_TRANSMIT && step->to && !(to && to->kind == SG_ACTOR_HOST))
        sg_complain(checking->complaints, step->node, "no host is called '%s'", step->to);
}

static void check_peer_step(struct checking *checking, const struct sg_step *step,
                            struct member *member)
{
    const struct sg_action_info *info = sg_action_info(step->action);
    if (member->peer->broken)
        return;
    if (!(info->actors & (unsigned)member->peer->kind)) {
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': it is a %s", step->actor,
                    info->word,
                    member->peer->kind == SG_ACTOR_CLIENT   ? "client"
                    : member->peer->kind == SG_ACTOR_SERVER ? "server"
                    : member->peer->kind == SG_ACTOR_HOST   ? "host"
                                                            : "stranger");
        return;
    }
    if (member->peer->kind == SG_ACTOR_HOST) {
        check_host_step(checking, step);
        return;
    }
    if (is_over_udp(checking->assignment)) {
        check_datagram_step(checking, step, member);
        return;
    }
    if (member->peer->kind == SG_ACTOR_STRANGER || step->from) {
        sg_complain(checking->complaints, step->node, "%s only with 'transport: udp'",
                    step->from ? "'from' goes" : "a stranger can do something");
        return;
    }
    if (step->action == SG_ACT_RESET && checking->assignment->transport == SG_TRANSPORT_UNIX)
        sg_complain(checking->complaints, step->node, "local sockets cannot '%s'", info->word);
    else if (!(moves[step->action].from & IN(member->state)))
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': it %s", step->actor,
                    info->word, state_words(member->peer, member->state, false));
    else if (member->deaf && reads(step->action))
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': it has stopped reading",
                    step->actor, info->word);
    const bool meets = step->action == SG_ACT_CONNECT || step->action == SG_ACT_JOIN ||
                       step->action == SG_ACT_JOIN_IN_PIECES || step->action == SG_ACT_ACCEPT;
    if (meets)
        check_other_side(checking, step, member);
    if (step->action == SG_ACT_STOP_READING)
        member->deaf = true;
    if (meets || step->action == SG_ACT_READ_SLOWLY || step->action == SG_ACT_RESUME_READING)
        member->deaf = false;
    if (moves[step->action].to >= 0)
        member->state = (enum state)moves[step->action].to;
}

static void check_start(struct checking *checking, const struct sg_step *step,
                        const struct sg_program *program)
{
    if (program->listens) {
        sg_complain(checking->complaints, step->node, "'%s' listens: it is started before the play",
                    program->name);
        return;
    }
    for (size_t i = 0; i < program->arguments.count; i++) {
        const char *argument = program->arguments.items[i];
        bool given = !argument || argument[0] != '$' || sg_word_is_address(argument + 1) ||
                     sg_program_value(program, step, argument + 1);
        if (!given)
            sg_complain(checking->complaints, step->node, "'start' gives no value for '%s'",
                        argument);
    }
    for (size_t i = 0; i < step->arguments.count; i++) {
        const struct sg_argument *value = &step->arguments.items[i];
        bool known = false;
        for (size_t a = 0; a < program->arguments.count; a++) {
            const char *argument = program->arguments.items[a];
            known =
                known || (argument && argument[0] == '$' && strcmp(argument + 1, value->name) == 0);
        }
        if (!known)
            sg_complain(checking->complaints, value->name_node, "'%s' has no argument '$%s'",
                        program->name, value->name);
        sg_check_data(checking->assignment, checking->one, &value->data, checking->complaints);
    }
}

/* Ports are those of peers that have some and listen by now. */
static void check_ports(struct checking *checking, const struct sg_step *step)
{
    for (size_t i = 0; i < step->ports.count; i++) {
        const char *name = step->ports.items[i];
        const struct sg_peer *peer = name ? sg_assignment_peer(checking->assignment, name) : NULL;
        bool listens = false;
        for (size_t m = 0; peer && m < checking->member_count; m++)
            listens = listens || (checking->members[m].peer == peer &&
                                  checking->members[m].state == STATE_LISTENING);
        if (name && !(peer && peer->ports.most))
            sg_complain(checking->complaints, step->node, "no peer '%s' has 'ports'", name);
        else if (name && !listens)
            sg_complain(checking->complaints, step->node, "'%s' does not listen", name);
    }
}

static void check_program_step(struct checking *checking, const struct sg_step *step,
                               const struct sg_program *program)
{
    const struct sg_action_info *info = sg_action_info(step->action);
    if (!(info->actors & SG_ACTOR_PROGRAM)) {
        sg_complain(checking->complaints, step->node, "'%s' cannot '%s': it is a program",
                    step->actor, info->word);
        return;
    }
    if (!sg_case_cast(checking->one, program->name)) {
        sg_complain(checking->complaints, step->actor_node,
                    "nobody plays '%s' in this case: name it under 'programs'", program->name);
        return;
    }
    bool *started = &checking->started[program - checking->assignment->programs.items];
    if (step->action == SG_ACT_START)
        check_start(checking, step, program);
    else if (step->action == SG_ACT_RESTART && !program->listens)
        sg_complain(checking->complaints, step->node, "'%s' does not listen: 'start' it again",
                    program->name);
    else if (step->action != SG_ACT_RESTART && !*started && !program->listens)
        sg_complain(checking->complaints, step->node, "'%s' has not been started", program->name);
    if (step->action == SG_ACT_EXPECT_PORTS)
        check_ports(checking, step);
    if (step->action == SG_ACT_START || step->action == SG_ACT_RESTART)
        *started = true;
    if (step->action == SG_ACT_KILL && program->listens)
        *started = false;
    if (step->action == SG_ACT_EXPECT_FILE && step->file && !sg_file_name_valid(step->file))
        sg_complain(checking->complaints, step->node, "'%s' is no name for a file", step->file);
    if (step->action == SG_ACT_STEADY && !checking->repeated)
        sg_complain(checking->complaints, step->node, "'steady' needs a 'repeat' before it");
}

static void check_steps(struct checking *checking, const struct sg_steps *steps);

/* The second time begins where the first has ended. */
static void check_repeat(struct checking *checking, const struct sg_step *step)
{
    checking->repeats++;
    check_steps(checking, &step->play);
    if (step->times > 1 && checking->repeats == 1)
        check_steps(checking, &step->play);
    checking->repeats--;
    checking->repeated = true;
}

static void check_step(struct checking *checking, const struct sg_step *step)
{
    if (step->action == SG_ACT_REPEAT) {
        check_repeat(checking, step);
        return;
    }
    checking->expects = checking->expects || sg_action_info(step->action)->expects;
    if (step->data.form)
        sg_check_data(checking->assignment, checking->one, &step->data, checking->complaints);
    const struct sg_program *program = sg_assignment_program(checking->assignment, step->actor);
    if (program && program - checking->assignment->programs.items < 2) {
        check_program_step(checking, step, program);
        return;
    }
    bool found = false;
    for (size_t i = 0; i < checking->member_count; i++) {
        if (!is_meant(&checking->members[i], step->actor))
            continue;
        found = true;
        check_peer_step(checking, step, &checking->members[i]);
    }
    if (!found)
        complain_of_actor(checking, step);
}

/* Of steps that may be broken: a repetition without its number is no action yet. */
static void check_actors(struct checking *checking, const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct sg_step *step = &steps->items[i];
        bool found = !step->actor || strcmp(step->actor, "repeat") == 0 ||
                     sg_assignment_program(checking->assignment, step->actor);
        for (size_t m = 0; !found && m < checking->member_count; m++)
            found = is_meant(&checking->members[m], step->actor);
        if (!found)
            complain_of_actor(checking, step);
        check_actors(checking, &step->play);
    }
}

void sg_check_actors(const struct sg_assignment *assignment, const struct sg_case *one,
                     struct sg_complaints *complaints)
{
    struct checking *checking = sg_alloc(sizeof *checking);
    checking->assignment = assignment;
    checking->one = one;
    checking->complaints = complaints;
    add_members(checking);
    check_actors(checking, &one->play);
    free(checking);
}

static void check_steps(struct checking *checking, const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++)
        check_step(checking, &steps->items[i]);
}

void sg_check_play(const struct sg_assignment *assignment, const struct sg_case *one,
                   struct sg_complaints *complaints)
{
    struct checking *checking = sg_alloc(sizeof *checking);
    checking->assignment = assignment;
    checking->one = one;
    checking->complaints = complaints;
    add_members(checking);
    for (size_t i = 0; i < assignment->programs.count && i < 2; i++)
        checking->started[i] =
            assignment->programs.items[i].listens || assignment->programs.items[i].broken;
    check_steps(checking, &one->play);
    if (!checking->expects)
        sg_complain(complaints, one->node, "case '%s' expects nothing, so it cannot fail", one->id);
    free(checking);
}
