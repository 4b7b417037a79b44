#include "record.h"

enum state { PLAIN, ESCAPE };

const char *record_check(const char *line, size_t len, size_t *body)
{
    enum state st = PLAIN;
    int field = 1;
    size_t count = 0;

    for (size_t i = 0; i < len; i++) {
        char c = line[i];
        switch (st) {
        case PLAIN:
            if (c == '\\') {
                st = ESCAPE;
            } else if (c == '|') {
                if (++field > 5)
                    return "too many fields";
                count = 0;
            } else {
                count++;
            }
            break;
        case ESCAPE:
            if (c != '|' && c != '\\')
                return "unknown escape";
            count++;
            st = PLAIN;
            break;
        }
    }
    if (st == ESCAPE)
        return "escape without a character";
    if (field < 5)
        return "too few fields";
    *body = count;
    return NULL;
}
