/* SPDX-License-Identifier: MIT
 * Who of the roster a submission belongs to. What is exact (an id, an address, a login) comes
 * before the name; where both speak and disagree, or one means two, nobody is taken. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/table.h"
#include "class/roster.h"

static bool is_same(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

/* --- ids -------------------------------------------------------------------------------------- */

/* Whether "Participant 12" is what a roster says of the participant `number`. */
static bool names_participant(const char *identifier, const char *number)
{
    const char *blank = identifier ? strrchr(identifier, ' ') : NULL;
    return blank && blank > identifier && strcmp(blank + 1, number) == 0;
}

static bool has_any(const struct sg_student *student, const char *id)
{
    static const enum sg_roster_field fields[] = {
        SG_ROSTER_ID,    SG_ROSTER_SIS_ID, SG_ROSTER_IDENTIFIER,
        SG_ROSTER_EMAIL, SG_ROSTER_LOGIN,  SG_ROSTER_GITHUB,
    };
    for (size_t i = 0; i < SG_COUNT(fields); i++) {
        if (is_same(student->fields[fields[i]], id))
            return true;
    }
    return false;
}

static bool has_id(const struct sg_roster *roster, const struct sg_student *student,
                   enum sg_id_kind kind, const char *id)
{
    if (!id)
        return false;
    switch (kind) {
    case SG_ID_ANY:
        return has_any(student, id);
    case SG_ID_CANVAS:
        return is_same(student->fields[SG_ROSTER_CANVAS_ID], id) ||
               is_same(student->fields[SG_ROSTER_ID], id);
    case SG_ID_PARTICIPANT:
        return names_participant(student->fields[SG_ROSTER_IDENTIFIER], id);
    }
    (void)roster;
    return false;
}

bool sg_roster_has(const struct sg_roster *roster, enum sg_id_kind kind, const char *id)
{
    for (size_t i = 0; i < roster->count; i++) {
        if (has_id(roster, &roster->students[i], kind, id))
            return true;
    }
    return false;
}

static bool has_login(const struct sg_student *student, const char *login)
{
    return is_same(student->fields[SG_ROSTER_GITHUB], login) ||
           is_same(student->fields[SG_ROSTER_LOGIN], login);
}

bool sg_roster_has_login(const struct sg_roster *roster, const char *login)
{
    for (size_t i = 0; i < roster->count; i++) {
        if (has_login(&roster->students[i], login))
            return true;
    }
    return false;
}

bool sg_roster_has_repository(const struct sg_roster *roster, const char *repository)
{
    for (size_t i = 0; i < roster->count; i++) {
        if (is_same(roster->students[i].fields[SG_ROSTER_REPOSITORY], repository))
            return true;
    }
    return false;
}

/* --- one student ------------------------------------------------------------------------------ */

struct found {
    const struct sg_student *student; /* the first */
    const struct sg_student *second;
    size_t count;
};

static void add_found(struct found *found, const struct sg_student *student)
{
    if (found->count == 0)
        found->student = student;
    else if (found->count == 1)
        found->second = student;
    found->count++;
}

static void find(const struct sg_roster *roster, const struct sg_member *member,
                 enum sg_id_kind kind, struct found *ret_exact, struct found *ret_named)
{
    struct sg_name_forms forms = {0};
    const char *name = member->name ? member->name : kind == SG_ID_ANY ? member->id : NULL;
    if (name)
        sg_name_forms_add(&forms, name);
    for (size_t i = 0; i < roster->count; i++) {
        const struct sg_student *student = &roster->students[i];
        if (has_id(roster, student, kind, member->id) ||
            is_same(student->fields[SG_ROSTER_EMAIL], member->email) ||
            (member->login && has_login(student, member->login)))
            add_found(ret_exact, student);
        if (sg_name_forms_meet(&forms, &student->forms))
            add_found(ret_named, student);
    }
    sg_name_forms_done(&forms);
}

/* A student in words: the name, the id and the line. */
static char *words_of(const struct sg_student *student)
{
    sg_autofree char *name = sg_name_show(student->name ? student->name : "");
    sg_autofree char *id =
        sg_name_show(student->id                         ? student->id
                     : student->fields[SG_ROSTER_EMAIL]  ? student->fields[SG_ROSTER_EMAIL]
                     : student->fields[SG_ROSTER_GITHUB] ? student->fields[SG_ROSTER_GITHUB]
                     : student->fields[SG_ROSTER_LOGIN]  ? student->fields[SG_ROSTER_LOGIN]
                                                         : "");
    return sg_printf("%s%s%s%s (line %zu)", name, *name && *id ? ", " : "", id,
                     *name || *id ? "" : "a student", student->line);
}

static void complain_of_two(const struct sg_draft *draft, const struct found *found,
                            struct sg_texts *complaints)
{
    sg_autofree char *one = words_of(found->student), *other = words_of(found->second);
    sg_texts_add(complaints, "%s: may be two students of the roster: %s, and %s%s", draft->label,
                 one, other, found->count > 2 ? ", and more" : "");
}

/* The student who is meant. *ret_doubt: there is more than one, which has been complained of. */
static const struct sg_student *settle(const struct sg_roster *roster, const struct sg_draft *draft,
                                       const struct sg_member *member, struct sg_texts *complaints,
                                       bool *ret_doubt)
{
    struct found exact = {0}, named = {0};
    find(roster, member, draft->kind, &exact, &named);
    const struct found *found = exact.count ? &exact : &named;
    *ret_doubt = true;
    if (found->count > 1) {
        complain_of_two(draft, found, complaints);
        return NULL;
    }
    if (exact.count == 1 && named.count == 1 && exact.student != named.student) {
        sg_autofree char *one = words_of(exact.student), *other = words_of(named.student);
        sg_texts_add(complaints, "%s: its id is that of %s, its name that of %s", draft->label, one,
                     other);
        return NULL;
    }
    *ret_doubt = false;
    return found->count ? found->student : NULL;
}

static void fill(struct sg_member *member, const struct sg_student *student, enum sg_id_kind kind)
{
    const char *github = student->fields[SG_ROSTER_GITHUB];
    const char *login = github ? github : student->fields[SG_ROSTER_LOGIN];
    sg_text_set(&member->name, student->name);
    if (!member->id || kind == SG_ID_ANY)
        sg_text_set(&member->id, student->id);
    if (!member->email)
        sg_text_set(&member->email, student->fields[SG_ROSTER_EMAIL]);
    if (!member->login)
        sg_text_set(&member->login, login);
}

/* --- groups ----------------------------------------------------------------------------------- */

/* Whether `student` is one of those that a submission of a group is made by: its repository is said
 * to be theirs, or the group's name is. */
static bool is_of_group(const struct sg_student *student, const struct sg_draft *draft,
                        const char *folded)
{
    if (draft->repository)
        if (is_same(student->fields[SG_ROSTER_REPOSITORY], draft->repository))
            return true;
    if (!*folded || !student->fields[SG_ROSTER_GROUP])
        return false;
    sg_autofree char *group = sg_name_fold(student->fields[SG_ROSTER_GROUP]);
    return strcmp(group, folded) == 0;
}

static void mark(struct sg_student *student, const struct sg_draft *draft,
                 struct sg_texts *complaints)
{
    if (student->found && strcmp(student->found, draft->label) != 0) {
        sg_autofree char *who = words_of(student);
        sg_texts_add(complaints, "%s has two submissions: %s, and %s", who, student->found,
                     draft->label);
    }
    student->found = draft->label;
}

/* Makes the members of `draft` the students of its group. False where it is no group's. */
static bool join_group(struct sg_roster *roster, struct sg_draft *draft,
                       struct sg_texts *complaints)
{
    const struct sg_member *member = &draft->members[0];
    const char *name = member->name ? member->name : member->login ? member->login : member->id;
    sg_autofree char *folded = sg_name_fold(name ? name : "");
    bool first = true;
    if (draft->member_count != 1)
        return false;
    for (size_t i = 0; i < roster->count; i++) {
        struct sg_student *student = &roster->students[i];
        if (!is_of_group(student, draft, folded))
            continue;
        struct sg_member *next = first ? &draft->members[0] : sg_draft_add_member(draft);
        if (first)
            sg_member_done(next);
        first = false;
        fill(next, student, draft->kind);
        mark(student, draft, complaints);
    }
    return !first;
}

/* --- all -------------------------------------------------------------------------------------- */

static void complain_of_stranger(const struct sg_draft *draft, const struct sg_member *member,
                                 struct sg_texts *complaints)
{
    const char *words[] = {member->name, member->id, member->email, member->login};
    sg_autobytes struct sg_bytes who = {0};
    for (size_t i = 0; i < SG_COUNT(words); i++) {
        sg_autofree char *shown = sg_name_show(words[i] ? words[i] : "");
        if (*shown)
            sg_bytes_printf(&who, "%s%s", who.length ? ", " : "", shown);
    }
    sg_texts_add(complaints, "%s: not on the roster: %s", draft->label,
                 who.length ? sg_bytes_text(&who) : "nobody is named");
}

static void join_members(struct sg_roster *roster, struct sg_draft *draft,
                         struct sg_texts *complaints)
{
    for (size_t i = 0; i < draft->member_count; i++) {
        bool doubt = false;
        struct sg_member *member = &draft->members[i];
        const struct sg_student *student = settle(roster, draft, member, complaints, &doubt);
        if (student) {
            fill(member, student, draft->kind);
            mark(&roster->students[student - roster->students], draft, complaints);
        } else if (!doubt && !join_group(roster, draft, complaints)) {
            complain_of_stranger(draft, member, complaints);
        } else if (!doubt) {
            return; /* the members are the group's now */
        }
    }
}

void sg_roster_join(struct sg_roster *roster, struct sg_drafts *drafts, struct sg_texts *complaints)
{
    if (!roster->given)
        return;
    for (size_t i = 0; i < drafts->count; i++) {
        struct sg_draft *draft = &drafts->items[i];
        bool of_repository =
            draft->repository && sg_roster_has_repository(roster, draft->repository);
        if (!of_repository || !join_group(roster, draft, complaints))
            join_members(roster, draft, complaints);
    }
    for (size_t i = 0; i < roster->count; i++) {
        if (roster->students[i].found)
            continue;
        sg_autofree char *who = words_of(&roster->students[i]);
        sg_texts_add(complaints, "no submission of %s", who);
    }
}
