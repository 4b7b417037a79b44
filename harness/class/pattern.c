/* SPDX-License-Identifier: MIT
 * Expressions with named groups. */
#include "class/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/table.h"
#include "class/library.h"

enum { MOST_STEPS = 1000000 };

struct sg_pattern {
    const struct sg_pcre *lib;
    pcre2_code_8 *code;
    int numbers[SG_GROUPS]; /* of its groups; 0: it has none */
};

static const struct {
    const char *name;
    enum sg_pattern_group group;
} group_names[] = {
    {"id", SG_GROUP_ID},
    {"student_id", SG_GROUP_ID},
    {"sid", SG_GROUP_ID},
    {"name", SG_GROUP_NAME},
    {"first_name", SG_GROUP_FIRST_NAME},
    {"last_name", SG_GROUP_LAST_NAME},
    {"email", SG_GROUP_EMAIL},
    {"login", SG_GROUP_LOGIN},
    {"username", SG_GROUP_LOGIN},
    {"attempt", SG_GROUP_ATTEMPT},
    {"timestamp", SG_GROUP_ATTEMPT},
    {"file", SG_GROUP_FILE},
    {"file_id", SG_GROUP_FILE},
};

static void find_groups(struct sg_pattern *pattern)
{
    for (size_t i = 0; i < SG_COUNT(group_names); i++) {
        int number = pattern->lib->substring_number_from_name_8(pattern->code,
                                                                (PCRE2_SPTR8)group_names[i].name);
        if (number > 0)
            pattern->numbers[group_names[i].group] = number;
    }
}

int sg_pattern_new(const char *text, struct sg_pattern **ret, struct sg_error *err)
{
    const struct sg_pcre *lib = sg_pcre(err);
    int number = 0;
    PCRE2_SIZE offset = 0;
    if (!lib)
        return -1;
    pcre2_code_8 *code =
        lib->compile_8((PCRE2_SPTR8)text, PCRE2_ZERO_TERMINATED,
                       PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_UCP, &number, &offset, NULL);
    if (!code) {
        PCRE2_UCHAR8 words[256] = {0};
        (void)lib->get_error_message_8(number, words, sizeof words);
        return sg_fail(err, "'%s' is no expression: %s, at character %zu", text,
                       (const char *)words, (size_t)offset + 1);
    }
    struct sg_pattern *pattern = sg_alloc(sizeof *pattern);
    *pattern = (struct sg_pattern){.lib = lib, .code = code};
    find_groups(pattern);
    if (!pattern->numbers[SG_GROUP_ID] && !pattern->numbers[SG_GROUP_EMAIL] &&
        !pattern->numbers[SG_GROUP_LOGIN] && !pattern->numbers[SG_GROUP_NAME]) {
        sg_pattern_free(pattern);
        return sg_fail(err,
                       "'%s' has no group that says whose a file is: (?P<id>…), or name, "
                       "email, login",
                       text);
    }
    *ret = pattern;
    return 0;
}

void sg_pattern_free(struct sg_pattern *pattern)
{
    if (!pattern)
        return;
    pattern->lib->code_free_8(pattern->code);
    free(pattern);
}

bool sg_pattern_match(const struct sg_pattern *pattern, const char *name, char *ret[SG_GROUPS])
{
    const struct sg_pcre *lib = pattern->lib;
    for (size_t i = 0; i < SG_GROUPS; i++)
        ret[i] = NULL;
    pcre2_match_data_8 *data = lib->match_data_create_from_pattern_8(pattern->code, NULL);
    pcre2_match_context_8 *context = lib->match_context_create_8(NULL);
    if (!data || !context)
        sg_out_of_memory();
    (void)lib->set_match_limit_8(context, MOST_STEPS);
    int count = lib->match_8(pattern->code, (PCRE2_SPTR8)name, strlen(name), 0, 0, data, context);
    const PCRE2_SIZE *places = lib->get_ovector_pointer_8(data);
    for (size_t i = 0; count > 0 && i < SG_GROUPS; i++) {
        int number = pattern->numbers[i];
        if (!number || number >= count || places[2 * number] == PCRE2_UNSET)
            continue;
        size_t from = places[2 * number], to = places[2 * number + 1];
        ret[i] = to > from ? sg_printf("%.*s", (int)(to - from), name + from) : NULL;
    }
    lib->match_data_free_8(data);
    lib->match_context_free_8(context);
    return count > 0;
}
