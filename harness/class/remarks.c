/* SPDX-License-Identifier: MIT
 * Remarks, bounded. */
#include "class/remarks.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

enum { MOST_REMARKS = 2000 };

void sg_remarks_add(struct sg_remarks *remarks, const char *path, bool spoils, const char *text)
{
    for (size_t i = 0; i < remarks->count; i++) {
        if (strcmp(remarks->items[i].text, text) == 0 && strcmp(remarks->items[i].path, path) == 0)
            return;
    }
    if (remarks->count >= MOST_REMARKS && !spoils) {
        remarks->unsaid++;
        return;
    }
    remarks->items = sg_realloc_array(remarks->items, remarks->count + 1, sizeof *remarks->items);
    remarks->items[remarks->count++] =
        (struct sg_remarks_add){.path = sg_strdup(path), .text = sg_strdup(text), .spoils = spoils};
}

void sg_remarks_done(struct sg_remarks *remarks)
{
    for (size_t i = 0; i < remarks->count; i++) {
        free(remarks->items[i].path);
        free(remarks->items[i].text);
    }
    free(remarks->items);
    *remarks = (struct sg_remarks){0};
}

bool sg_path_is_below(const char *path, const char *top)
{
    size_t length = strlen(top);
    return !length || (strncmp(path, top, length) == 0 && (!path[length] || path[length] == '/'));
}
