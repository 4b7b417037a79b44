/* SPDX-License-Identifier: MIT
 * What a gradebook is told of a result, in the language of its reader. */
#include "post/comment.h"

#include <jansson.h>
#include <string.h>

#include "base/language.h"
#include "base/number.h"
#include "base/utf8.h"
#include "post/cut.h"

enum { MOST_CASES = 30, MOST_LINE = 300, SHOWN_KEY = 16 };

int sg_grade_check_worth(const char *worth, const char *variable, struct sg_error *err)
{
    int64_t points;
    if (!worth || (sg_thousandths_parse(worth, &points) && points > 0))
        return 0;
    return sg_fail(err, "%s takes a number of points, found '%s'", variable, worth);
}

void sg_grade_add(const struct sg_run_summary *summary, const char *worth, struct sg_bytes *out)
{
    int64_t points = summary->points, most;
    if (worth && sg_thousandths_parse(worth, &most) && summary->max_points > 0) {
        /* Both below 2^40: sums of points are. */
        int64_t product = summary->points * most, half = summary->max_points / 2;
        points = (product + half) / summary->max_points;
    }
    sg_thousandths_print(out, points);
}

static void add_line(struct sg_bytes *out, const char *text)
{
    struct sg_slice slice = sg_slice_text(text);
    sg_show(out, slice.data, sg_cut_bytes(slice, MOST_LINE));
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void add_case(const json_t *one, struct sg_bytes *out)
{
    const char *message = text_at(json_object_get(one, "diagnosis"), "message");
    sg_bytes_add_text(out, "\n- ");
    add_line(out, text_at(one, "title"));
    if (*message) {
        sg_bytes_add_text(out, ": ");
        add_line(out, message);
    }
}

static void add_failures(struct sg_slice result, struct sg_bytes *out)
{
    json_t *file = json_loadb((const char *)result.data, result.length, 0, NULL), *one;
    size_t index, failed = 0;
    json_array_foreach(json_object_get(file, "cases"), index, one)
    {
        if (strcmp(text_at(one, "status"), sg_status_word(SG_STATUS_FAILED)) != 0)
            continue;
        if (failed++ < MOST_CASES)
            add_case(one, out);
    }
    json_decref(file);
    if (failed > MOST_CASES) {
        sg_bytes_add_text(out, "\n");
        sg_bytes_printf(out, _("… and %zu more"), failed - MOST_CASES);
    }
}

char *sg_comment_mark(const struct sg_post_job *job)
{
    return sg_printf("[sockgrade %.*s]", SHOWN_KEY, job->key);
}

void sg_comment_add(const struct sg_post_job *job, bool mark, struct sg_bytes *out)
{
    sg_autobytes struct sg_bytes points = {0}, most = {0};
    sg_thousandths_print(&points, job->summary->points);
    sg_thousandths_print(&most, job->summary->max_points);
    add_line(out, job->summary->assignment);
    sg_bytes_add_text(out, ": ");
    sg_bytes_printf(out, _("%s of %s points"), sg_bytes_text(&points), sg_bytes_text(&most));
    add_failures(job->result, out);
    if (!mark)
        return;
    sg_autofree char *known_by = sg_comment_mark(job);
    sg_bytes_printf(out, "\n%s", known_by);
}
