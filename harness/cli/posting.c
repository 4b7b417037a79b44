/* SPDX-License-Identifier: MIT
 * Posters, as commands use them. */
#include "cli/posting.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/stop.h"
#include "cli/output.h"

static int refuse_target(struct sg_call *call, const char *name, size_t word)
{
    sg_autobytes struct sg_bytes names = {0};
    sg_post_target_names(&names);
    return sg_refuse_word(call, word, "unknown target '%s' (one of: %s)", name,
                          sg_bytes_text(&names));
}

int sg_posting_add(struct sg_posting *posting, struct sg_call *call, const char *name, size_t word)
{
    struct sg_error err = {0};
    const struct sg_post_target *target = sg_post_target_find(name);
    if (!target)
        return refuse_target(call, name, word);
    struct sg_poster *poster = &posting->posters[posting->count];
    if (!call->options.dry_run &&
        sg_poster_open(target, (uint64_t)call->options.seed, poster, &err) < 0) {
        if (sg_stop_asked())
            return SG_EXIT_MACHINE;
        return err.blame == SG_BLAME_INPUT ? sg_refuse_word(call, word, "%s: %s", name, err.text)
                                           : sg_print_error(&err);
    }
    size_t index = posting->count++;
    posting->targets[index] = target;
    posting->words[index] = word;
    return 0;
}

int sg_posting_open(struct sg_posting *posting, struct sg_call *call)
{
    const struct sg_repeated *posts = &call->options.posts;
    int status = 0;
    for (size_t i = 0; i < posts->count && !status; i++)
        status = sg_posting_add(posting, call, posts->items[i], posts->words[i]);
    sg_post_forget_secrets();
    return status;
}

int sg_posting_find_ways(struct sg_posting *posting, struct sg_call *call)
{
    for (size_t i = 0; i < posting->count; i++) {
        struct sg_error err = {0};
        if (posting->places[i] ||
            sg_post_way(posting->targets[i], &posting->ways[i], &posting->places[i], &err) == 0)
            continue;
        return sg_refuse_word(call, posting->words[i], "%s", err.text);
    }
    return 0;
}

/* Prints what would be sent. */
static int preview(const struct sg_post_target *target, const char *path, struct sg_slice result)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes text = {0};
    const struct sg_post_parcel parcel = {.result = result};
    if (sg_post_preview(target, &parcel, &text, &err) == 0)
        return sg_print(sg_bytes_slice(&text));
    if (path)
        (void)sg_error_add(&err, "%s", path);
    return sg_print_error(&err);
}

static int send_to(struct sg_poster poster, const struct sg_call *call, const char *path,
                   struct sg_slice result)
{
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes words = {0};
    const struct sg_post_parcel parcel = {.result = result};
    if (sg_poster_post(&poster, &parcel, NULL, &words, &err) < 0) {
        if (sg_stop_asked())
            return SG_EXIT_MACHINE;
        if (path)
            (void)sg_error_add(&err, "%s", path);
        return sg_print_error(&err);
    }
    if (path && !call->options.quiet)
        return sg_tell("%s: %s\n", path, sg_bytes_text(&words));
    if (!path && call->options.verbose)
        (void)fprintf(stderr, "sockgrade: %s\n", sg_bytes_text(&words));
    return SG_EXIT_ALL_PASSED;
}

int sg_posting_send(const struct sg_posting *posting, const struct sg_call *call, const char *path,
                    struct sg_slice result)
{
    int status = 0;
    for (size_t i = 0; i < posting->count && !sg_stop_asked(); i++) {
        int one = call->options.dry_run ? preview(posting->targets[i], path, result)
                                        : send_to(posting->posters[i], call, path, result);
        status = one > status ? one : status;
    }
    return status;
}

void sg_posting_close(struct sg_posting *posting)
{
    for (size_t i = 0; i < posting->count; i++) {
        sg_poster_close(&posting->posters[i]);
        free(posting->places[i]);
    }
    *posting = (struct sg_posting){0};
}
