/* SPDX-License-Identifier: MIT
 * Records. */
#include "record/record.h"

size_t record_escape(const char *field, size_t length, char *room)
{
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        if (field[i] == '|' || field[i] == '\\')
            room[written++] = '\\';
        room[written++] = field[i];
    }
    return written;
}

long record_body_length(const char *line, size_t length, const char **ret_why)
{
    int fields = 1;
    long in_field = 0; /* bytes of the field that we are in */
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '|') {
            fields++;
            in_field = 0;
            continue;
        }
        if (line[i] == '\\') {
            i++; /* the byte behind it is meant as it stands */
            if (i == length || (line[i] != '|' && line[i] != '\\')) {
                *ret_why = "a backslash stands before neither a bar nor a backslash";
                return -1;
            }
        }
        in_field++;
    }
    if (fields != RECORD_FIELDS) {
        *ret_why = fields < RECORD_FIELDS ? "a field is missing" : "there is a field too many";
        return -1;
    }
    return in_field;
}
