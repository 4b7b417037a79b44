/* SPDX-License-Identifier: MIT
 * The outbox: read, and written by whoever sends. */
#include "store/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"
#include "store/database.h"

static const char *const state_words[] = {
    [SG_OUTBOX_WAITING] = "waiting", [SG_OUTBOX_SENDING] = "sending",
    [SG_OUTBOX_ARRIVED] = "arrived", [SG_OUTBOX_REFUSED] = "refused",
    [SG_OUTBOX_HELD] = "held",
};

const char *sg_outbox_state_word(enum sg_outbox_state state)
{
    return state_words[state];
}

static enum sg_outbox_state state_of(const char *word)
{
    for (size_t i = 0; word && i < SG_COUNT(state_words); i++) {
        if (strcmp(state_words[i], word) == 0)
            return (enum sg_outbox_state)i;
    }
    return SG_OUTBOX_HELD;
}

static char *copy(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return sg_strdup(text ? text : "");
}

int sg_outbox_list(struct sg_store *store, const struct sg_outbox_way *way,
                   struct sg_outbox_entry **ret, size_t *ret_count, struct sg_error *err)
{
    struct sg_outbox_entry *entries = NULL;
    size_t count = 0;
    sg_autoquery struct sg_query query = {0};
    int more = sg_query_open(&query, store,
                             "SELECT target, place, submission, recipient, key, reason, state,"
                             " attempts, queued_ms FROM outbox"
                             " WHERE ?1 IS NULL OR (target = ?1 AND place = ?2)"
                             " ORDER BY target, place, attempts, submission, recipient",
                             err);
    if (more >= 0) {
        sg_query_text(&query, way ? way->target : NULL);
        sg_query_text(&query, way ? way->place : NULL);
    }
    while (more >= 0 && (more = sg_query_step(&query, err)) > 0) {
        entries = sg_realloc_array(entries, count + 1, sizeof *entries);
        entries[count++] = (struct sg_outbox_entry){
            .target = copy(&query, 0),
            .place = copy(&query, 1),
            .submission = copy(&query, 2),
            .recipient = copy(&query, 3),
            .key = copy(&query, 4),
            .reason = copy(&query, 5),
            .state = state_of(sg_query_get(&query, 6)),
            .attempts = sg_query_get_number(&query, 7),
            .queued_ms = sg_query_get_number(&query, 8),
        };
    }
    if (more < 0) {
        sg_outbox_list_done(entries, count);
        return -1;
    }
    *ret = entries;
    *ret_count = count;
    return 0;
}

void sg_outbox_list_done(struct sg_outbox_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(entries[i].target);
        free(entries[i].place);
        free(entries[i].submission);
        free(entries[i].recipient);
        free(entries[i].key);
        free(entries[i].reason);
    }
    free(entries);
}

/* What is being sent by a process that died is marked like what waits: only one process sends
 * (below). */
static int mark(struct sg_store *store, const struct sg_outbox_entry *entry, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE key = ?"
                      " AND state IN ('waiting', 'sending', 'refused') RETURNING 1",
                      err) < 0)
        return -1;
    sg_query_text(&query, entry->key);
    int found = sg_query_step(&query, err);
    return found > 0 && sg_query_step(&query, err) < 0 ? -1 : found;
}

int sg_outbox_take(struct sg_store *store, const struct sg_outbox_entry *entry, struct sg_run *ret,
                   struct sg_error *err)
{
    if (sg_store_begin(store, err) < 0)
        return -1;
    int found = mark(store, entry, err);
    if (found > 0 && sg_store_load(store, entry->submission, ret, err) < 0)
        found = -1;
    if (found <= 0) {
        sg_store_rollback(store);
        return found;
    }
    if (sg_store_commit(store, err) == 0)
        return 1;
    sg_run_done(ret);
    return -1;
}

int sg_outbox_settle(struct sg_store *store, const struct sg_outbox_entry *entry,
                     enum sg_outbox_state state, const char *reason, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(&query, store,
                      "UPDATE outbox SET state = ?1, reason = ?2, arrived_digest ="
                      " CASE ?1 WHEN 'arrived' THEN result_digest ELSE arrived_digest END"
                      " WHERE key = ?3",
                      err) < 0)
        return -1;
    sg_query_text(&query, sg_outbox_state_word(state));
    sg_query_shown(&query, reason ? reason : "");
    sg_query_text(&query, entry->key);
    return sg_query_run(&query, err);
}

/* ---- one process at a time ---- */

static char *lock_path(const struct sg_store *store)
{
    return sg_printf("%s-posting", store->path);
}

/* Whether the file that is locked is still the one of that name: who held it before removes it. */
static bool is_current(int fd, const char *path)
{
    struct stat ours, there;
    return fstat(fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino &&
           ours.st_dev == there.st_dev;
}

int sg_outbox_lock(const struct sg_store *store, struct sg_error *err)
{
    sg_autofree char *path = lock_path(store);
    for (;;) {
        /* A lock of the open file, which ends with the process, however it ends. */
        struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        sg_autoclose int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return sg_fail_os(err, "cannot make '%s'", path);
        if (fcntl(fd, F_OFD_SETLK, &whole) < 0)
            return errno == EAGAIN || errno == EACCES
                       ? sg_fail_machine(err, "another process is posting from '%s'", store->path)
                       : sg_fail_os(err, "cannot lock '%s'", path);
        if (is_current(fd, path))
            return sg_take_fd(&fd);
    }
}

void sg_outbox_unlock(const struct sg_store *store, int lock)
{
    sg_autofree char *path = lock_path(store);
    if (lock < 0)
        return;
    (void)unlink(path);
    (void)close(lock);
}
