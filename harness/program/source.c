/* SPDX-License-Identifier: MIT
 * A light look at source files. */
#include "program/source.h"

#include <ctype.h>
#include <string.h>

#include "base/table.h"

enum sg_language sg_source_language(const char *name)
{
    static const struct {
        const char *end;
        enum sg_language language;
    } rows[] = {
        {".c", SG_LANGUAGE_C},     {".cc", SG_LANGUAGE_CPP},    {".cpp", SG_LANGUAGE_CPP},
        {".cxx", SG_LANGUAGE_CPP}, {".java", SG_LANGUAGE_JAVA}, {".rs", SG_LANGUAGE_RUST},
        {".go", SG_LANGUAGE_GO},
    };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < SG_COUNT(rows); i++) {
        if (strcmp(dot, rows[i].end) == 0)
            return rows[i].language;
    }
    return SG_LANGUAGE_NONE;
}

/* Skips a comment or a string that begins at `at`; returns where it ends, or `at` where none
 * does. */
static const char *skip_quiet(const char *at)
{
    if (at[0] == '/' && at[1] == '/')
        return at + strcspn(at, "\n");
    if (at[0] == '/' && at[1] == '*') {
        const char *end = strstr(at + 2, "*/");
        return end ? end + 2 : at + strlen(at);
    }
    if (at[0] != '"')
        return at;
    const char *c = at + 1;
    while (*c && *c != '"' && *c != '\n')
        c += c[0] == '\\' && c[1] ? 2 : 1;
    return *c ? c + 1 : c;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether the word `main`, followed by '(', stands at `at`. */
static bool is_main(const char *start, const char *at)
{
    if (strncmp(at, "main", 4) != 0 || is_word(at[4]) || (at > start && is_word(at[-1])))
        return false;
    const char *next = at + 4;
    while (isspace((unsigned char)*next))
        next++;
    return *next == '(';
}

/* Whether the word before `at` is `word`. */
static bool follows(const char *start, const char *at, const char *word)
{
    size_t length = strlen(word);
    while (at > start && isspace((unsigned char)at[-1]))
        at--;
    return (size_t)(at - start) >= length && strncmp(at - length, word, length) == 0;
}

bool sg_source_has_main(enum sg_language language, struct sg_slice text)
{
    const char *start = (const char *)text.data;
    int depth = 0;
    for (const char *at = start; text.length && *at;) {
        const char *after = skip_quiet(at);
        if (after != at) {
            at = after;
            continue;
        }
        depth += (*at == '{') - (*at == '}');
        bool outside = depth == 0 || language == SG_LANGUAGE_JAVA || language == SG_LANGUAGE_CPP;
        if (outside && is_main(start, at)) {
            if (language == SG_LANGUAGE_JAVA   ? follows(start, at, "void")
                : language == SG_LANGUAGE_RUST ? follows(start, at, "fn")
                : language == SG_LANGUAGE_GO   ? follows(start, at, "func")
                                               : depth == 0)
                return true;
        }
        at++;
    }
    return false;
}

/* A comment of a script, too; a directive of the C preprocessor holds no calls. */
static const char *skip_unread(const char *at)
{
    if (*at == '#')
        return at + strcspn(at, "\n");
    if (*at == '\'') { /* a string of a script; in C a character */
        size_t length = strcspn(at + 1, "'\n");
        return at[1 + length] == '\'' ? at + length + 2 : at;
    }
    return skip_quiet(at);
}

/* What a call of this name says: that its program takes clients, or is one. A UDP server may only
 * bind, and a client may bind as well. */
static const struct {
    const char *name;
    enum { CALL_SERVES, CALL_ASKS, CALL_BINDS, CALL_SENDS } says;
} calls[] = {
    {"listen", CALL_SERVES},
    {"Listen", CALL_SERVES},
    {"ListenPacket", CALL_SERVES},
    {"ListenUDP", CALL_SERVES},
    {"ListenTCP", CALL_SERVES},
    {"accept", CALL_SERVES},
    {"create_server", CALL_SERVES},
    {"createServer", CALL_SERVES},
    {"start_server", CALL_SERVES},
    {"serve_forever", CALL_SERVES},
    {"ServerSocket", CALL_SERVES},
    {"connect", CALL_ASKS},
    {"connect_ex", CALL_ASKS},
    {"create_connection", CALL_ASKS},
    {"open_connection", CALL_ASKS},
    {"createConnection", CALL_ASKS},
    {"Dial", CALL_ASKS},
    {"Socket", CALL_ASKS},
    {"bind", CALL_BINDS},
    {"sendto", CALL_SENDS},
    {"send", CALL_SENDS},
    {"send_to", CALL_SENDS},
};

enum sg_source_end sg_source_end_of(struct sg_slice text)
{
    bool said[CALL_SENDS + 1] = {false};
    for (const char *at = text.length ? (const char *)text.data : ""; *at;) {
        const char *after = skip_unread(at);
        size_t length = 0;
        while (after == at && is_word(at[length]))
            length++;
        const char *next = at + length + strspn(at + length, " \t");
        for (size_t i = 0; length && *next == '(' && i < SG_COUNT(calls); i++) {
            if (strlen(calls[i].name) == length && strncmp(calls[i].name, at, length) == 0)
                said[calls[i].says] = true;
        }
        at = after != at ? after : at + (length ? length : 1);
    }
    if (said[CALL_SERVES])
        return SG_SOURCE_SERVES;
    if (said[CALL_ASKS])
        return SG_SOURCE_ASKS;
    return said[CALL_BINDS]   ? SG_SOURCE_SERVES
           : said[CALL_SENDS] ? SG_SOURCE_ASKS
                              : SG_SOURCE_NO_END;
}

bool sg_source_imports(struct sg_slice text, const char *stem)
{
    static const char *const before[] = {"import ", "from ", "./", "require_relative '"};
    const char *start = text.length ? (const char *)text.data : "";
    for (size_t i = 0; i < SG_COUNT(before); i++) {
        sg_autofree char *words = sg_printf("%s%s", before[i], stem);
        for (const char *at = start; (at = strstr(at, words));) {
            at += strlen(words);
            if (!is_word(*at))
                return true;
        }
    }
    return false;
}

void sg_source_java_package(struct sg_slice text, struct sg_bytes *out)
{
    const char *at = text.length ? (const char *)text.data : "";
    while (*at) {
        const char *after = skip_quiet(at);
        if (after != at || isspace((unsigned char)*at)) {
            at = after != at ? after : at + 1;
            continue;
        }
        if (strncmp(at, "package", 7) != 0 || !isspace((unsigned char)at[7]))
            return;
        for (at += 8; *at && *at != ';'; at++) {
            if (is_word(*at) || *at == '.')
                sg_bytes_add_byte(out, (uint8_t)*at);
        }
        return;
    }
}
