/* SPDX-License-Identifier: MIT
 * By what students are known. */
#include "post/naming.h"

#include <string.h>

#include "base/bytes.h"

const struct sg_post_naming *sg_post_naming_find(const struct sg_post_naming *rows,
                                                 const char *word)
{
    for (; rows->word; rows++) {
        if (strcmp(rows->word, word) == 0)
            return rows;
    }
    return NULL;
}

enum sg_outbox_person sg_post_naming_person(const struct sg_post_naming *rows, const char *word)
{
    const struct sg_post_naming *found = sg_post_naming_find(rows, word);
    return found ? found->person : SG_OUTBOX_STUDENT;
}

int sg_post_naming_check(const struct sg_post_naming *rows, const char *word, const char *variable,
                         struct sg_error *err)
{
    sg_autobytes struct sg_bytes words = {0};
    if (sg_post_naming_find(rows, word))
        return 0;
    for (; rows->word; rows++)
        sg_bytes_printf(&words, "%s%s", words.length ? ", " : "", rows->word);
    return sg_fail(err, "%s takes one of: %s; found '%s'", variable, sg_bytes_text(&words), word);
}
