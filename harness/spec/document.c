/* SPDX-License-Identifier: MIT
 * Walks the types from the root, breadth first: a file is read from its top. What is made of other
 * things gets a section, values that need a word of explanation a row in the last one. */
#include "spec/document.h"

#include <ctype.h>
#include <string.h>

#include "spec/assignment.h"

enum { MOST_TYPES = 200 };

struct writing {
    const struct sg_type *types[MOST_TYPES]; /* in the order of their sections */
    size_t count;
    struct sg_bytes *out;
};

/* Whether all forms of a union are the same thing, so that the union is only where it is kept. */
static bool is_wrapping(const struct sg_type *type)
{
    for (size_t i = 1; i < type->alternative_count; i++) {
        if (type->alternatives[i].type != type->alternatives[0].type)
            return false;
    }
    return type->kind == SG_KIND_UNION;
}

/* What a reader writes for `type`: boxes and wrappings are seen through. */
static const struct sg_type *see_through(const struct sg_type *type)
{
    for (;;) {
        if (type->kind == SG_KIND_BOX)
            type = type->item;
        else if (is_wrapping(type))
            type = type->alternatives[0].type;
        else
            return type;
    }
}

static bool has_help_for_words(const struct sg_type *type)
{
    for (size_t i = 0; i < type->choice_count; i++) {
        if (type->choices[i].help)
            return true;
    }
    return false;
}

static bool has_section(const struct sg_type *type)
{
    return type->kind == SG_KIND_RECORD || type->kind == SG_KIND_ENTRY ||
           type->kind == SG_KIND_UNION ||
           (type->kind == SG_KIND_CHOICE && has_help_for_words(type));
}

/* A scalar that the last section tells about. */
static bool has_row(const struct sg_type *type)
{
    return !has_section(type) && type->help && type->kind != SG_KIND_LIST &&
           type->kind != SG_KIND_TABLE;
}

static void gather(struct writing *writing, const struct sg_type *type)
{
    type = see_through(type);
    for (size_t i = 0; i < writing->count; i++) {
        if (writing->types[i] == type)
            return;
    }
    if (writing->count < MOST_TYPES)
        writing->types[writing->count++] = type;
}

static void gather_fields(struct writing *writing, const struct sg_type *type)
{
    for (size_t i = 0; i < type->field_count; i++)
        gather(writing, type->fields[i].type);
}

static void gather_parts(struct writing *writing, const struct sg_type *type)
{
    if (type->item)
        gather(writing, type->item);
    gather_fields(writing, type);
    for (size_t i = 0; i < type->alternative_count; i++) {
        const struct sg_type *form = see_through(type->alternatives[i].type);
        /* The words and keys of a form stand in the section of the union. */
        if (form->kind == SG_KIND_RECORD)
            gather_fields(writing, form);
        else if (form->kind != SG_KIND_CHOICE)
            gather(writing, form);
    }
}

/* "data map" has the anchor #data-map. */
static void put_link(struct sg_bytes *out, const struct sg_type *type)
{
    sg_bytes_printf(out, "[%s](#", type->id);
    for (const char *c = type->id; *c; c++)
        sg_bytes_add_byte(out, (uint8_t)(*c == ' ' ? '-' : tolower((unsigned char)*c)));
    sg_bytes_add_byte(out, ')');
}

static void put_words(struct sg_bytes *out, const struct sg_type *type)
{
    for (size_t i = 0; i < type->choice_count; i++)
        sg_bytes_printf(out, "%s`%s`",
                        i == 0                        ? ""
                        : i + 1 == type->choice_count ? " or "
                                                      : ", ",
                        type->choices[i].word);
}

static void put_value(struct sg_bytes *out, const struct sg_type *type)
{
    type = see_through(type);
    switch (type->kind) {
    case SG_KIND_TEXT:
        sg_bytes_printf(out, type->help ? "[%s](#values)" : "%s", type->help ? type->id : "text");
        return;
    case SG_KIND_FLAG:
        sg_bytes_add_text(out, "`true` or `false`");
        return;
    case SG_KIND_NAME:
    case SG_KIND_PAYLOAD:
        sg_bytes_printf(out, "[%s](#values)", type->id);
        return;
    case SG_KIND_NUMBER:
    case SG_KIND_DURATION:
    case SG_KIND_SIZE:
    case SG_KIND_POINTS:
    case SG_KIND_RANGE:
        sg_bytes_printf(out, "[%s](#values), ", type->id);
        sg_type_range(type, out);
        if (type->choice_count)
            sg_bytes_add_text(out, ", or ");
        put_words(out, type);
        return;
    case SG_KIND_CHOICE:
        if (has_section(type))
            put_link(out, type);
        else
            put_words(out, type);
        return;
    case SG_KIND_RAW:
        sg_bytes_add_text(out, "a map");
        return;
    case SG_KIND_LIST:
        sg_bytes_add_text(out, "list of ");
        put_value(out, type->item);
        return;
    case SG_KIND_TABLE:
        sg_bytes_add_text(out, "map of names to ");
        put_value(out, type->item);
        return;
    case SG_KIND_BOX:
    case SG_KIND_RECORD:
    case SG_KIND_ENTRY:
    case SG_KIND_UNION:
        put_link(out, type);
        return;
    }
}

static void put_title(struct sg_bytes *out, const struct sg_type *type)
{
    sg_bytes_printf(out, "\n### %c%s\n\n", toupper((unsigned char)type->id[0]), type->id + 1);
    if (type->help)
        sg_bytes_printf(out, "%s\n\n", type->help);
    if (type->example)
        sg_bytes_printf(out, "Example: `%s`\n\n", type->example);
}

static void put_companions(struct sg_bytes *out, const struct sg_type *type,
                           const struct sg_field *field)
{
    bool any = false;
    for (size_t i = 0; i < type->field_count; i++) {
        const struct sg_field *other = &type->fields[i];
        if (!other->variant || !(field->with & UINT64_C(1) << other->variant))
            continue;
        sg_bytes_printf(out, "%s`%s`", any ? ", " : "With ", other->key);
        any = true;
    }
    if (any)
        sg_bytes_add_text(out, field->required ? ", which needs it. " : ". ");
}

static void put_keys(struct sg_bytes *out, const struct sg_type *type)
{
    if (type->needs_variant) {
        sg_bytes_add_text(out, "Exactly one of ");
        for (size_t i = 0, n = 0; i < type->field_count; i++) {
            if (type->fields[i].variant)
                sg_bytes_printf(out, "%s`%s`", n++ ? ", " : "", type->fields[i].key);
        }
        sg_bytes_add_text(out, ".\n\n");
    }
    sg_bytes_add_text(out, "| key | value | what it is for |\n|---|---|---|\n");
    for (size_t i = 0; i < type->field_count; i++) {
        const struct sg_field *field = &type->fields[i];
        sg_bytes_printf(out, "| `%s` | ", field->key);
        put_value(out, field->type);
        sg_bytes_printf(out, "%s | ", field->required && !field->with ? ", required" : "");
        put_companions(out, type, field);
        sg_bytes_printf(out, "%s |\n", field->help ? field->help : "");
    }
    if (type->others) {
        sg_bytes_add_text(out, "| another name | ");
        put_value(out, type->others->item);
        sg_bytes_printf(out, " | %s |\n", type->others->item->help ? type->others->item->help : "");
    }
}

static void put_word_rows(struct sg_bytes *out, const struct sg_type *type)
{
    sg_bytes_add_text(out, "| word | what it means |\n|---|---|\n");
    for (size_t i = 0; i < type->choice_count; i++)
        sg_bytes_printf(out, "| `%s` | %s |\n", type->choices[i].word,
                        type->choices[i].help ? type->choices[i].help : "");
}

static void put_form(struct sg_bytes *out, const struct sg_type *form)
{
    if (form->kind == SG_KIND_CHOICE)
        sg_bytes_add_text(out, "a word");
    else if (form->kind == SG_KIND_RECORD)
        sg_bytes_add_text(out, "a map");
    else
        put_value(out, form);
}

/* The forms of a union in one sentence, then its words and its keys. */
static void put_forms(struct sg_bytes *out, const struct sg_type *type)
{
    size_t count = type->alternative_count;
    sg_bytes_add_text(out, "Written as ");
    for (size_t i = 0; i < count; i++) {
        sg_bytes_add_text(out, i == 0 ? "" : i + 1 == count ? " or " : ", ");
        put_form(out, see_through(type->alternatives[i].type));
    }
    sg_bytes_add_text(out, ".\n");
    for (size_t i = 0; i < count; i++) {
        const struct sg_type *form = see_through(type->alternatives[i].type);
        if (form->kind != SG_KIND_CHOICE && form->kind != SG_KIND_RECORD)
            continue;
        sg_bytes_add_byte(out, '\n');
        if (form->kind == SG_KIND_CHOICE)
            put_word_rows(out, form);
        else
            put_keys(out, form);
    }
}

static void put_actions(struct sg_bytes *out, const struct sg_type *type);

static void put_entry(struct sg_bytes *out, const struct sg_type *type)
{
    sg_bytes_add_text(out, "A name, and ");
    put_value(out, type->item);
    sg_bytes_add_text(out, type->field_count ? "; or:\n\n" : ".\n");
    if (type->field_count)
        put_keys(out, type);
}

/* Whether `type` is what is done in a step: its words are told by the table of actions. */
static bool is_action(const struct sg_type *type)
{
    return type->kind == SG_KIND_UNION && type->size == sizeof(struct sg_step) &&
           type->tag_at == SG_KEPT_AT(struct sg_step, action, int);
}

static void put_section(struct sg_bytes *out, const struct sg_type *type)
{
    put_title(out, type);
    if (is_action(type))
        put_actions(out, type);
    else if (type->kind == SG_KIND_UNION)
        put_forms(out, type);
    else if (type->kind == SG_KIND_RECORD)
        put_keys(out, type);
    else if (type->kind == SG_KIND_CHOICE)
        put_word_rows(out, type);
    else
        put_entry(out, type);
}

static const struct sg_field *find_key(const struct sg_type *type, int action)
{
    for (size_t i = 0; i < type->alternative_count; i++) {
        const struct sg_type *form = type->alternatives[i].type;
        for (size_t f = 0; form->kind == SG_KIND_RECORD && f < form->field_count; f++) {
            if (form->fields[f].variant == action)
                return &form->fields[f];
        }
    }
    return NULL;
}

static void put_actors(struct sg_bytes *out, unsigned actors)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {
        {SG_ACTOR_CLIENT, "client peer"}, {SG_ACTOR_SERVER, "server peer"},
        {SG_ACTOR_STRANGER, "stranger"},  {SG_ACTOR_HOST, "host"},
        {SG_ACTOR_PROGRAM, "program"},    {SG_ACTOR_NOBODY, "nobody"},
    };
    bool any = false;
    for (size_t i = 0; i < SG_COUNT(names); i++) {
        if (!(actors & names[i].bit))
            continue;
        sg_bytes_printf(out, "%s%s", any ? ", " : "", names[i].name);
        any = true;
    }
}

/* The keys that may accompany an action, under the table. */
static void put_companion_keys(struct sg_bytes *out, const struct sg_type *type)
{
    for (size_t i = 0; i < type->alternative_count; i++) {
        const struct sg_type *form = type->alternatives[i].type;
        for (size_t f = 0; form->kind == SG_KIND_RECORD && f < form->field_count; f++) {
            const struct sg_field *field = &form->fields[f];
            if (field->variant)
                continue;
            sg_bytes_printf(out, "\n`%s` (", field->key);
            put_value(out, field->type);
            sg_bytes_add_text(out, "): ");
            put_companions(out, form, field);
            sg_bytes_printf(out, "%s\n", field->help);
        }
    }
}

static void put_actions(struct sg_bytes *out, const struct sg_type *type)
{
    sg_bytes_add_text(out, "| action | value | who | what happens | proves something |\n"
                           "|---|---|---|---|---|\n");
    for (int action = 1; action < SG_ACT_END; action++) {
        const struct sg_action_info *info = sg_action_info(action);
        const struct sg_field *key = find_key(type, action);
        if (info->actors & SG_ACTOR_NOBODY)
            continue; /* it stands in the section of the step */
        sg_bytes_printf(out, "| `%s` | ", info->word);
        if (key)
            put_value(out, key->type);
        sg_bytes_add_text(out, " | ");
        put_actors(out, info->actors);
        sg_bytes_printf(out, " | %s | %s |\n", info->help, info->expects ? "yes" : "");
    }
    put_companion_keys(out, type);
}

static void put_values(struct writing *writing)
{
    sg_bytes_add_text(writing->out,
                      "\n### Values\n\n| value | example | what it is |\n|---|---|---|\n");
    for (size_t i = 0; i < writing->count; i++) {
        const struct sg_type *type = writing->types[i];
        if (!has_row(type))
            continue;
        sg_bytes_printf(writing->out, "| %s | ", type->id);
        if (type->example)
            sg_bytes_printf(writing->out, "`%s`", type->example);
        sg_bytes_printf(writing->out, " | %s |\n", type->help);
    }
}

void sg_spec_document(const struct sg_type *root, struct sg_bytes *out)
{
    struct writing writing = {.out = out};
    gather(&writing, root);
    for (size_t i = 0; i < writing.count; i++)
        gather_parts(&writing, writing.types[i]);
    for (size_t i = 0; i < writing.count; i++) {
        if (has_section(writing.types[i]))
            put_section(out, writing.types[i]);
    }
    put_values(&writing);
}
