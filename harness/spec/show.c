/* SPDX-License-Identifier: MIT
 * Tells a case from its spec: a ladder of its steps, and what stands around it. */
#include "spec/show.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/number.h"
#include "base/utf8.h"
#include "spec/data.h"

enum { NARROWEST = 24, WIDEST = 64, INDENT = 2, MOST_NAMES = 100 };

struct showing {
    const struct sg_assignment *assignment;
    const struct sg_case *one;
    bool ascii;
    struct sg_bytes *out;
    size_t name_width;             /* of the widest peer's name */
    size_t arrow_width;            /* between the names at both ends */
    const char *names[MOST_NAMES]; /* of payload that has been spoken of, each once */
    size_t name_count;
};

/* Appends text of ours: its signs beyond ASCII become ASCII where that is wanted. */
static void put(const struct showing *showing, const char *text)
{
    static const struct {
        const char *sign, *ascii;
    } signs[] = {{"─", "-"}, {"▶", ">"}, {"◀", "<"}, {"·", "-"}, {"…", "..."}};
    while (*text) {
        size_t length = 0;
        for (size_t i = 0; showing->ascii && i < SG_COUNT(signs) && !length; i++) {
            if (strncmp(text, signs[i].sign, strlen(signs[i].sign)) != 0)
                continue;
            sg_bytes_add_text(showing->out, signs[i].ascii);
            length = strlen(signs[i].sign);
        }
        if (!length)
            sg_bytes_add_byte(showing->out, (uint8_t)*text);
        text += length ? length : 1;
    }
}

static void put_times(const struct showing *showing, const char *text, size_t count)
{
    while (count--)
        put(showing, text);
}

static void put_name(const struct showing *showing, const char *name)
{
    size_t width = sg_utf8_width(name);
    sg_bytes_add_text(showing->out, name);
    put_times(showing, " ", showing->name_width > width ? showing->name_width - width : 0);
}

/* The program that a peer has to do with. */
static const char *other_side(const struct showing *showing, const char *actor)
{
    for (size_t i = 0; i < showing->assignment->peers.count; i++) {
        const struct sg_peer *peer = &showing->assignment->peers.items[i];
        bool group = peer->count && strncmp(actor, peer->name, strlen(peer->name)) == 0 &&
                     strcmp(actor + strlen(peer->name), "*") == 0;
        if (group || sg_peer_is_called(peer, actor))
            return peer->kind == SG_ACTOR_CLIENT ? "server" : "client";
    }
    return "";
}

/* Whether equal words mean equal bytes. */
static bool is_fixed(const struct sg_data *data)
{
    return data->form == SG_DATA_LITERAL || data->form == SG_DATA_HEX ||
           data->form == SG_DATA_EVERY_BYTE;
}

/* "the same" where the peer expects what it has sent last. */
static bool is_same_again(const struct sg_steps *steps, size_t index, const char *label)
{
    if (steps->items[index].action != SG_ACT_EXPECT)
        return false;
    while (index-- > 0) {
        const struct sg_step *step = &steps->items[index];
        if (step->action != SG_ACT_SEND || strcmp(step->actor, steps->items[index + 1].actor) != 0)
            return false;
        sg_autobytes struct sg_bytes sent = {0};
        sg_data_describe(&step->data, &sent);
        return is_fixed(&step->data) && strcmp(sg_bytes_text(&sent), label) == 0;
    }
    return false;
}

static char *make_label(const struct showing *showing, const struct sg_steps *steps, size_t index)
{
    struct sg_bytes label = {0};
    const struct sg_step *step = &steps->items[index];
    sg_show_step(showing->assignment, step, &label);
    if (!is_same_again(steps, index, sg_bytes_text(&label)))
        return sg_bytes_take_text(&label);
    sg_bytes_done(&label);
    return sg_strdup("the same");
}

static void put_arrow(const struct showing *showing, enum sg_show_form form, const char *label)
{
    size_t width = sg_utf8_width(label);
    size_t dashes = showing->arrow_width > width + 6 ? showing->arrow_width - width - 6 : 1;
    put(showing, form == SG_SHOW_TO_PROGRAM ? "─── " : "◀── ");
    put(showing, label);
    put(showing, " ");
    put_times(showing, "─", dashes);
    put(showing, form == SG_SHOW_TO_PROGRAM ? "▶ " : "─ ");
}

static void put_steps(struct showing *showing, const struct sg_steps *steps, size_t indent);

static void put_step(struct showing *showing, const struct sg_steps *steps, size_t index,
                     size_t indent)
{
    const struct sg_step *step = &steps->items[index];
    sg_autofree char *label = make_label(showing, steps, index);
    put_times(showing, " ", indent);
    enum sg_show_form form = sg_show_form(step->action);
    if (form != SG_SHOW_SENTENCE) {
        put_name(showing, step->actor);
        put(showing, " ");
    }
    if (form == SG_SHOW_TO_PROGRAM || form == SG_SHOW_FROM_PROGRAM) {
        put_arrow(showing, form, label);
        put(showing, other_side(showing, step->actor));
    } else {
        put(showing, form == SG_SHOW_AT_PEER ? "    " : "");
        put(showing, label);
    }
    put(showing, "\n");
    if (step->action == SG_ACT_REPEAT)
        put_steps(showing, &step->play, indent + INDENT);
}

static void put_steps(struct showing *showing, const struct sg_steps *steps, size_t indent)
{
    for (size_t i = 0; i < steps->count; i++)
        put_step(showing, steps, i, indent);
}

/* The ladder is as wide as its widest row needs, within bounds. */
static void measure(struct showing *showing, const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct sg_step *step = &steps->items[i];
        if (step->action == SG_ACT_REPEAT)
            measure(showing, &step->play);
        if (sg_show_form(step->action) == SG_SHOW_SENTENCE)
            continue;
        sg_autofree char *label = make_label(showing, steps, i);
        size_t name = sg_utf8_width(step->actor), width = sg_utf8_width(label) + 10;
        showing->name_width = name > showing->name_width ? name : showing->name_width;
        width = width > WIDEST ? WIDEST : width;
        showing->arrow_width = width > showing->arrow_width ? width : showing->arrow_width;
    }
}

static void put_head(const struct showing *showing)
{
    const struct sg_case *one = showing->one;
    sg_bytes_add_text(showing->out, one->name);
    put(showing, " · ");
    put(showing, one->role == SG_ROLE_SERVER ? "server" : "client");
    put(showing, " · ");
    sg_thousandths_print(showing->out, one->points);
    put(showing, one->points == 1000 ? " point" : " points");
    if (one->group)
        sg_bytes_printf(showing->out, "%s%s", showing->ascii ? " - " : " · ", one->group);
    if (one->hidden)
        put(showing, " · hidden");
    if (one->family == AF_INET6)
        put(showing, " · IPv6");
    sg_bytes_printf(showing->out, "\n%s\n", one->title.en);
    for (size_t i = 0; i < one->needs.count; i++)
        sg_bytes_printf(showing->out, "%s%s", i ? ", " : "needs ", one->needs.items[i].id);
    put(showing, one->needs.count ? "\n\n" : "\n");
}

static void put_peer(const struct showing *showing, const struct sg_peer *peer)
{
    put_times(showing, " ", INDENT);
    if (peer->count)
        sg_bytes_printf(showing->out, "%s* is %s1 to %s%" PRId64, peer->name, peer->name,
                        peer->name, peer->count);
    else
        sg_bytes_add_text(showing->out, peer->name);
    if (peer->receive_buffer) {
        put(showing, peer->count ? ", each with" : " has");
        put(showing, " a receive buffer of ");
        sg_size_describe(peer->receive_buffer, showing->out);
    }
    if (peer->ends_first)
        put(showing, " ends its stream when it has said all");
    if (peer->ports.most)
        sg_bytes_printf(showing->out, "%s a port from %" PRIu64 " to %" PRIu64,
                        peer->count ? ", each on" : " is on", peer->ports.least, peer->ports.most);
    put(showing,
        peer->kind == SG_ACTOR_HOST ? " is another machine, at the other end of eth0" : "");
    put(showing, peer->elsewhere ? ", of another address than $host" : "");
    put(showing, peer->hangs_up ? ", and hangs up at once" : "");
    put(showing, peer->silent ? ", and gives no answer" : "");
    put(showing, "\n");
}

static bool acts(const struct sg_steps *steps, const struct sg_peer *peer)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct sg_step *step = &steps->items[i];
        size_t length = strlen(peer->name);
        bool all = peer->count && strncmp(step->actor, peer->name, length) == 0 &&
                   strcmp(step->actor + length, "*") == 0;
        if (all || sg_peer_is_called(peer, step->actor) || acts(&step->play, peer))
            return true;
    }
    return false;
}

static void put_fault(const struct showing *showing, const char *program,
                      const struct sg_fault *fault)
{
    static const char *const calls[] = {
        [SG_FAULT_SEND] = "send", [SG_FAULT_RECV] = "recv", [SG_FAULT_ACCEPT] = "accept"};
    static const char *const effects[] = {[1] = "takes", [2] = "finds", [3] = "fails with"};
    struct sg_bytes *out = showing->out;
    const char *call = calls[fault->call], *error = strerrorname_np(fault->error);
    sg_bytes_printf(out, "%*s%s: ", INDENT, "", program);
    if (fault->nth)
        sg_bytes_printf(out, "%s number %" PRId64, call, fault->nth);
    else if (fault->every > 1)
        sg_bytes_printf(out, "one %s in %" PRId64, call, fault->every);
    else
        sg_bytes_printf(out, "each %s", call);
    sg_bytes_printf(out, " %s ", effects[fault->form]);
    if (fault->error)
        sg_bytes_printf(out, "%s\n", error ? error : "an error");
    else if (fault->bytes.least == fault->bytes.most)
        sg_bytes_printf(out, "%" PRIu64 " bytes at most\n", fault->bytes.most);
    else
        sg_bytes_printf(out, "%" PRIu64 " to %" PRIu64 " bytes at most\n", fault->bytes.least,
                        fault->bytes.most);
}

static void put_faults(const struct showing *showing)
{
    for (size_t i = 0; i < showing->one->faults.count; i++) {
        const struct sg_program_faults *faults = &showing->one->faults.items[i];
        for (size_t f = 0; f < faults->list.count; f++)
            put_fault(showing, faults->name, &faults->list.items[f]);
    }
}

static void put_path(const struct showing *showing)
{
    const struct sg_path *path = &showing->one->path;
    const struct {
        int64_t percent;
        const char *what;
    } rows[] = {{path->lose, "are lost"},
                {path->duplicate, "arrive twice"},
                {path->reorder, "arrive behind the next one"}};
    const char *between = "of a hundred datagrams ";
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (!rows[i].percent)
            continue;
        if (between[0] == 'o')
            put_times(showing, " ", INDENT);
        sg_bytes_printf(showing->out, "%s%" PRId64 " %s", between, rows[i].percent, rows[i].what);
        between = ", ";
    }
    put(showing, between[0] == ',' ? " on the way\n" : "");
}

static void put_file(const struct showing *showing, const char *program, const struct sg_data *file)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_bytes_printf(&text, "%*sthe file %s of the %s holds ", INDENT, "", file->name, program);
    sg_data_describe(file, &text);
    sg_bytes_add_byte(&text, '\n');
    put(showing, sg_bytes_text(&text));
}

/* What holds before the first step. */
static void put_setting(const struct showing *showing)
{
    const struct sg_assignment *assignment = showing->assignment;
    for (size_t i = 0; i < assignment->programs.count; i++) {
        const struct sg_program *program = &assignment->programs.items[i];
        int cast = sg_case_cast(showing->one, program->name);
        if (cast == SG_CAST_REFERENCE)
            sg_bytes_printf(showing->out, "%*s%s is the reference program\n", INDENT, "",
                            program->name);
        for (size_t f = 0; cast && f < program->files.count; f++)
            put_file(showing, program->name, &program->files.items[f]);
    }
    if (showing->one->small_buffers)
        sg_bytes_printf(showing->out, "%*sthe send buffers hold a few KiB\n", INDENT, "");
    put_path(showing);
    put_faults(showing);
    for (size_t i = 0; i < assignment->peers.count; i++) {
        const struct sg_peer *peer = &assignment->peers.items[i];
        if ((peer->count || peer->receive_buffer || peer->ends_first || peer->ports.most ||
             peer->kind == SG_ACTOR_HOST) &&
            acts(&showing->one->play, peer))
            put_peer(showing, peer);
    }
    for (size_t i = 0; i < assignment->programs.count; i++) {
        const struct sg_program *program = &assignment->programs.items[i];
        if (program->listens && sg_case_cast(showing->one, program->name))
            sg_bytes_printf(showing->out, "%*s%s is started, and listens\n", INDENT, "",
                            program->name);
    }
}

static void note_names(struct showing *showing, const struct sg_data *data);

static void note_name(struct showing *showing, const char *name)
{
    const struct sg_data *data = sg_assignment_data(showing->assignment, showing->one, name);
    for (size_t i = 0; i < showing->name_count; i++) {
        if (strcmp(showing->names[i], name) == 0)
            return;
    }
    if (!data || showing->name_count == MOST_NAMES)
        return;
    showing->names[showing->name_count++] = name;
    note_names(showing, data);
}

static void note_names(struct showing *showing, const struct sg_data *data)
{
    for (size_t i = 0; data->form == SG_DATA_PIECES && i < data->pieces.count; i++)
        note_names(showing, &data->pieces.items[i]);
    if (data->of)
        note_names(showing, data->of);
    if (data->form == SG_DATA_REF)
        note_name(showing, data->target);
}

static void note_values(struct showing *showing, const struct sg_program *program)
{
    for (size_t i = 0; program && i < program->files.count; i++)
        note_names(showing, &program->files.items[i]);
    for (size_t i = 0; program && i < program->values.count; i++)
        note_names(showing, &program->values.items[i].data);
}

static void note_steps(struct showing *showing, const struct sg_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct sg_step *step = &steps->items[i];
        note_names(showing, &step->data);
        for (size_t a = 0; a < step->arguments.count; a++)
            note_names(showing, &step->arguments.items[a].data);
        if (step->action == SG_ACT_START)
            note_values(showing, sg_assignment_program(showing->assignment, step->actor));
        note_steps(showing, &step->play);
    }
}

/* What the names stand for that the ladder speaks of. */
static void put_names(struct showing *showing)
{
    note_steps(showing, &showing->one->play);
    for (size_t i = 0; i < showing->name_count; i++) {
        const char *name = showing->names[i];
        sg_autobytes struct sg_bytes text = {0};
        sg_bytes_printf(&text, "%s%*s%s is ", i ? "" : "\n", INDENT, "", name);
        sg_data_describe(sg_assignment_data(showing->assignment, showing->one, name), &text);
        sg_bytes_add_byte(&text, '\n');
        put(showing, sg_bytes_text(&text));
    }
}

void sg_spec_show(const struct sg_assignment *assignment, const struct sg_case *one, bool ascii,
                  struct sg_bytes *out)
{
    struct showing showing = {
        .assignment = assignment,
        .one = one,
        .ascii = ascii,
        .out = out,
        .arrow_width = NARROWEST,
    };
    measure(&showing, &one->play);
    put_head(&showing);
    put_setting(&showing);
    put_steps(&showing, &one->play, INDENT);
    put_names(&showing);
}
