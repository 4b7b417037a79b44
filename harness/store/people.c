/* SPDX-License-Identifier: MIT
 * Whose a submission is, and what they have to be told. */
#include <stdlib.h>

#include "base/bytes.h"
#include "store/database.h"
#include "store/store.h"

static char *copy_column(const struct sg_query *query, int column)
{
    const char *text = sg_query_get(query, column);
    return text ? sg_strdup(text) : NULL;
}

int sg_store_people(struct sg_store *store, const char *id, struct sg_store_person **ret,
                    size_t *ret_count, struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    *ret = NULL;
    *ret_count = 0;
    if (sg_query_open(
            &query, store,
            "SELECT student, name, email, login FROM member WHERE submission = ? ORDER BY place",
            err) < 0)
        return -1;
    sg_query_text(&query, id);
    int more;
    while ((more = sg_query_step(&query, err)) > 0) {
        *ret = sg_realloc_array(*ret, *ret_count + 1, sizeof **ret);
        (*ret)[(*ret_count)++] =
            (struct sg_store_person){copy_column(&query, 0), copy_column(&query, 1),
                                     copy_column(&query, 2), copy_column(&query, 3)};
    }
    return more;
}

void sg_store_people_done(struct sg_store_person *people, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(people[i].id);
        free(people[i].name);
        free(people[i].email);
        free(people[i].login);
    }
    free(people);
}

int sg_store_failures(struct sg_store *store, const char *id, struct sg_bytes *out,
                      struct sg_error *err)
{
    sg_autoquery struct sg_query query = {0};
    if (sg_query_open(
            &query, store,
            "SELECT code, count(*) AS often FROM case_result WHERE submission = ? AND "
            "status = 'failed' AND code IS NOT NULL GROUP BY code ORDER BY often DESC, code",
            err) < 0)
        return -1;
    sg_query_text(&query, id);
    int more;
    size_t before = out->length;
    while ((more = sg_query_step(&query, err)) > 0)
        sg_bytes_printf(out, "%s%s (%lld)", out->length > before ? ", " : "",
                        sg_query_get(&query, 0), (long long)sg_query_get_number(&query, 1));
    return more;
}
