/* SPDX-License-Identifier: MIT
 * Folders of repositories whose names end in a login (or a team):
 *
 *   echo-submissions/echo-ana-lopez                              gh classroom clone student-repos
 *   net-echo_submissions_2026_05_09_T_14_30_45/net-echo-ana      gh teacher download (Classroom 50)
 *
 * Logins hold '-' themselves, so a name is never split at one: what stands before the login is
 * known from the folder's name, or the login or the repository from the roster. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "class/layout.h"
#include "class/names.h"

static bool has_folders_with(const struct sg_reading *reading, const char *prefix)
{
    size_t folders = 0, fit = 0, length = strlen(prefix);
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        if (item->sort != SG_ITEM_FOLDER)
            continue;
        folders++;
        if (strcmp(item->name, reading->name) == 0) /* an archive's folder around all */
            continue;
        fit += strncasecmp(item->name, prefix, length) == 0 && item->name[length];
    }
    return fit && fit * 2 > folders;
}

/* "echo-" of "echo-submissions"; NULL: the folder is not called so. The caller frees it. */
static char *github_prefix(const struct sg_reading *reading)
{
    static const char end[] = "-submissions";
    if (!sg_name_ends(reading->name, end))
        return NULL;
    return sg_printf("%.*s-", (int)(strlen(reading->name) - (sizeof end - 1)), reading->name);
}

/* "net-echo-" of "net-echo_submissions_2026_05_09_T_14_30_45". */
static char *classroom50_prefix(const struct sg_reading *reading)
{
    static const char mark[] = "_submissions_";
    const char *at = strstr(reading->name, mark);
    if (!at || at == reading->name || !isdigit((unsigned char)at[sizeof mark - 1]))
        return NULL;
    return sg_printf("%.*s-", (int)(at - reading->name), reading->name);
}

/* The end of `name` that is a login on the roster: "ana-lopez" of "echo-ana-lopez". Where several
 * logins end it the longest is meant only if it alone follows a '-' ... so none is guessed:
 * NULL. */
static const char *login_by_roster(const struct sg_roster *roster, const char *name)
{
    const char *found = NULL;
    for (const char *at = strchr(name, '-'); at; at = strchr(at + 1, '-')) {
        if (!sg_roster_has_login(roster, at + 1))
            continue;
        if (found)
            return NULL;
        found = at + 1;
    }
    return found;
}

static void add_repository(const struct sg_reading *reading, const char *name, const char *prefix)
{
    size_t length = prefix ? strlen(prefix) : 0;
    bool fits = prefix && strncasecmp(name, prefix, length) == 0 && name[length];
    const char *login = fits ? name + length : login_by_roster(reading->roster, name);
    sg_autofree char *path = sg_reading_path(reading, name);
    struct sg_draft *draft = sg_reading_add(reading, login ? login : name, SG_ID_ANY, name);
    struct sg_member *member = sg_draft_add_member(draft);
    sg_text_set(&member->login, login);
    if (!login)
        sg_text_set(&member->id, name);
    draft->repository = sg_strdup(name);
    sg_draft_add_piece(draft, path, NULL);
    if (!login && !sg_roster_has_repository(reading->roster, name))
        sg_reading_complain(reading, name, "whose repository this is cannot be told from its name");
}

static int read_repositories(const struct sg_reading *reading, const char *prefix)
{
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        if (item->sort == SG_ITEM_FOLDER)
            add_repository(reading, item->name, prefix);
    }
    return 0;
}

static bool all_repositories_known(const struct sg_reading *reading)
{
    size_t known = 0, folders = 0;
    for (size_t i = 0; i < reading->list.count; i++) {
        const struct sg_item *item = &reading->list.items[i];
        folders += item->sort == SG_ITEM_FOLDER;
        known +=
            item->sort == SG_ITEM_FOLDER && sg_roster_has_repository(reading->roster, item->name);
    }
    return known && known * 2 > folders;
}

bool sg_github_test(const struct sg_reading *reading)
{
    sg_autofree char *prefix = github_prefix(reading);
    return (prefix && has_folders_with(reading, prefix)) || all_repositories_known(reading);
}

int sg_github_read(const struct sg_reading *reading)
{
    sg_autofree char *prefix = github_prefix(reading);
    return read_repositories(reading, prefix);
}

/* The download writes a summary beside the repositories, whatever the folder is called. */
bool sg_classroom50_test(const struct sg_reading *reading)
{
    sg_autofree char *prefix = classroom50_prefix(reading);
    const struct sg_item *scores = sg_listing_find(&reading->list, "scores.csv");
    size_t folders = 0;
    for (size_t i = 0; i < reading->list.count; i++)
        folders += reading->list.items[i].sort == SG_ITEM_FOLDER;
    return (prefix && has_folders_with(reading, prefix)) ||
           (scores && scores->sort == SG_ITEM_FILE && folders);
}

int sg_classroom50_read(const struct sg_reading *reading)
{
    sg_autofree char *prefix = classroom50_prefix(reading);
    return read_repositories(reading, prefix);
}
