/* SPDX-License-Identifier: MIT
 * The results of a look-up in what a program printed. Programs write a result in one line or in
 * several, its parts in any order, with constants by name, by a short word or by number; what
 * counts is that each result has its five parts and that the results are in order. */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/language.h"
#include "exam/printed.h"

enum { MOST_RESULTS = 64, MOST_TOKENS = 8192, MOST_TEXT = 128 };

enum kind { KIND_FAMILY, KIND_TYPE, KIND_PROTOCOL, KIND_ADDRESS, KIND_COUNT };

static const char *const part_names[] = {N_("family"), N_("type"), N_("protocol"), N_("address")};

/* The words for each constant, its number last. */
static const struct constant {
    enum kind kind;
    const char *name;
    const char *words[4];
    const char *number;
} constants[] = {
    {KIND_FAMILY, "AF_INET", {"AF_INET", "PF_INET", "IPv4", "INET"}, "2"},
    {KIND_FAMILY, "AF_INET6", {"AF_INET6", "PF_INET6", "IPv6", "INET6"}, "10"},
    {KIND_TYPE, "SOCK_STREAM", {"SOCK_STREAM", "STREAM"}, "1"},
    {KIND_TYPE, "SOCK_DGRAM", {"SOCK_DGRAM", "DGRAM", "DATAGRAM"}, "2"},
    {KIND_TYPE, "SOCK_RAW", {"SOCK_RAW", "RAW"}, "3"},
    {KIND_PROTOCOL, "IPPROTO_TCP", {"IPPROTO_TCP", "TCP"}, "6"},
    {KIND_PROTOCOL, "IPPROTO_UDP", {"IPPROTO_UDP", "UDP"}, "17"},
    {KIND_PROTOCOL, "IPPROTO_IP", {"IPPROTO_IP", "IPPROTO_HOPOPTS"}, "0"},
};

/* A result as it has to be. */
struct wanted {
    const struct constant *parts[KIND_ADDRESS];
    char canonical[MOST_TEXT]; /* "": none */
    char address[MOST_TEXT];
    char port[16];
};

struct wanted_list {
    struct wanted items[MOST_RESULTS];
    size_t count;
};

struct token {
    char text[MOST_TEXT];
    int kind;                        /* enum kind; KIND_COUNT: none */
    const struct constant *constant; /* of a family, type or protocol */
    uint8_t address[16];             /* of an address, IPv4 mapped */
};

struct token_list {
    struct token *items;
    size_t count;
};

static bool read_address(const char *text, uint8_t out[16])
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (inet_pton(AF_INET6, text, out) == 1)
        return true;
    memcpy(out, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, out + sizeof mapped) == 1;
}

/* An address alone, with a port behind it, or with a label before it. Where it is found, *port is
 * what is behind it, or "". */
static bool find_address(const char *text, uint8_t out[16], const char **port)
{
    char part[MOST_TEXT];
    *port = "";
    if (read_address(text, out))
        return true;
    const char *colon = strrchr(text, ':');
    if (!colon)
        return false;
    (void)snprintf(part, sizeof part, "%.*s", (int)(colon - text), text);
    if (part[0] && read_address(part, out)) {
        *port = colon + 1;
        return true;
    }
    return read_address(strchr(text, ':') + 1, out);
}

/* "AddressFamily.AF_INET" is AF_INET. */
static const struct constant *find_constant(const char *text)
{
    const char *dot = strrchr(text, '.');
    const char *word = dot ? dot + 1 : text;
    for (size_t i = 0; i < SG_COUNT(constants); i++) {
        for (size_t w = 0; w < SG_COUNT(constants[i].words) && constants[i].words[w]; w++) {
            if (strcasecmp(word, constants[i].words[w]) == 0)
                return &constants[i];
        }
    }
    return NULL;
}

static struct token *add_token(struct token_list *list, const char *text)
{
    struct token *token = &list->items[list->count++];
    *token = (struct token){.kind = KIND_COUNT};
    (void)snprintf(token->text, sizeof token->text, "%s", text);
    return token;
}

static void add_word(struct token_list *list, char *word)
{
    const char *port;
    size_t length = strlen(word);
    uint8_t address[16];
    if (!find_address(word, address, &port)) {
        while (length && strchr(".:", word[length - 1])) /* the end of a sentence, or of a label */
            word[--length] = 0;
        while (*word == ':')
            word++;
    }
    if (!*word || list->count + 2 >= MOST_TOKENS)
        return;
    struct token *token = add_token(list, word);
    if (find_address(word, token->address, &port)) {
        token->kind = KIND_ADDRESS;
        if (*port)
            (void)add_token(list, port);
        return;
    }
    token->constant = find_constant(word);
    if (token->constant)
        token->kind = token->constant->kind;
}

static bool is_word(int c)
{
    return isalnum(c) || strchr("_.:-%", c);
}

static void read_tokens(struct sg_slice text, struct token_list *list)
{
    list->items = sg_alloc(MOST_TOKENS * sizeof *list->items);
    for (size_t at = 0; at < text.length;) {
        char word[MOST_TEXT];
        size_t length = 0;
        while (at < text.length && text.data[at] && is_word(text.data[at])) {
            if (length + 1 < sizeof word)
                word[length++] = (char)text.data[at];
            at++;
        }
        word[length] = 0;
        if (length)
            add_word(list, word);
        else
            at++;
    }
}

/* The reference prints a label and a value in each line; a result begins with its family. */
static void read_reference(struct sg_slice text, struct wanted_list *list)
{
    struct sg_bytes copy = {0};
    sg_bytes_add(&copy, text.data, text.length);
    char *rest = (char *)sg_bytes_text(&copy), *line;
    while ((line = strsep(&rest, "\n"))) {
        char *value = strstr(line, ": ");
        if (!value)
            continue;
        value += 2;
        if (strncmp(line, "Family", 6) == 0 && list->count < MOST_RESULTS)
            list->items[list->count++] = (struct wanted){0};
        if (!list->count)
            continue;
        struct wanted *last = &list->items[list->count - 1];
        const struct constant *constant = find_constant(value);
        if (strncmp(line, "Canonical", 9) == 0) {
            (void)snprintf(last->canonical, sizeof last->canonical, "%s", value);
        } else if (strncmp(line, "Socket address", 14) == 0) {
            (void)sscanf(value, "('%127[^']', %15[0-9]", last->address, last->port);
        } else if (constant) {
            last->parts[constant->kind] = constant;
        }
    }
    sg_bytes_done(&copy);
}

/* A result as it was printed: tokens from `begin` to before `end`. */
struct block {
    size_t begin, end;
};

/* What begins each result: the kind of part that is printed first. */
static int first_kind(const struct token_list *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->items[i].kind != KIND_COUNT)
            return tokens->items[i].kind;
    }
    return KIND_ADDRESS;
}

static size_t find_blocks(const struct token_list *tokens, struct block blocks[MOST_RESULTS])
{
    size_t count = 0;
    int first = first_kind(tokens);
    bool has_address = true; /* nothing is open yet */
    for (size_t i = 0; i < tokens->count; i++) {
        int kind = tokens->items[i].kind;
        if (kind == first && (first == KIND_ADDRESS || has_address)) {
            if (count == MOST_RESULTS)
                return count;
            blocks[count++] = (struct block){i, tokens->count};
            if (count > 1)
                blocks[count - 2].end = i;
            has_address = false;
        }
        has_address = has_address || kind == KIND_ADDRESS;
    }
    /* What begins like a result and has no address is a remark at the end. */
    return count && !has_address ? count - 1 : count;
}

static bool holds_text(const struct token_list *tokens, size_t begin, size_t end, const char *text)
{
    for (size_t i = begin; i < end; i++) {
        if (strcasecmp(tokens->items[i].text, text) == 0)
            return true;
    }
    return false;
}

static const uint8_t *address_of(const struct token_list *tokens, const struct block *block)
{
    for (size_t i = block->begin; i < block->end; i++) {
        if (tokens->items[i].kind == KIND_ADDRESS)
            return tokens->items[i].address;
    }
    return NULL;
}

static bool has_address(const struct token_list *tokens, const struct block *block,
                        const struct wanted *wanted)
{
    uint8_t address[16];
    const uint8_t *found = address_of(tokens, block);
    return found && read_address(wanted->address, address) && memcmp(found, address, 16) == 0;
}

/* The part by one of its words; by its number where no word of its kind stands there. */
static bool has_part(const struct token_list *tokens, const struct block *block,
                     const struct constant *wanted)
{
    bool right = false, other = false;
    for (size_t i = block->begin; i < block->end; i++) {
        if (tokens->items[i].kind != (int)wanted->kind)
            continue;
        right = right || tokens->items[i].constant == wanted;
        other = other || tokens->items[i].constant != wanted;
    }
    return other || right ? right : holds_text(tokens, block->begin, block->end, wanted->number);
}

static bool differs(struct sg_printed_evidence *ret, size_t index, const char *part,
                    const char *wanted)
{
    ret->wrong = index + 1;
    ret->part = part;
    (void)snprintf(ret->wanted, sizeof ret->wanted, "%s", wanted);
    return true;
}

/* Whether a block differs from its result, and in what. The name belongs to the first alone, and
 * may stand before it. */
static bool is_wrong(const struct token_list *tokens, const struct block *block, size_t index,
                     const struct wanted *wanted, struct sg_printed_evidence *ret)
{
    if (!has_address(tokens, block, wanted))
        return differs(ret, index, part_names[KIND_ADDRESS], wanted->address);
    for (int kind = 0; kind < KIND_ADDRESS; kind++) {
        if (wanted->parts[kind] && !has_part(tokens, block, wanted->parts[kind]))
            return differs(ret, index, part_names[kind], wanted->parts[kind]->name);
    }
    if (!holds_text(tokens, block->begin, block->end, wanted->port))
        return differs(ret, index, N_("port"), wanted->port);
    if (index == 0 && wanted->canonical[0] && !holds_text(tokens, 0, block->end, wanted->canonical))
        return differs(ret, index, N_("canonical name"), wanted->canonical);
    return false;
}

static bool are_wrong(const struct token_list *tokens, const struct block *blocks, size_t count,
                      const struct wanted_list *wanted, struct sg_printed_evidence *ret)
{
    *ret = (struct sg_printed_evidence){
        .fault = SG_PRINTED_RESULTS, .results = wanted->count, .found = count};
    for (size_t i = 0; i < count && i < wanted->count; i++) {
        if (is_wrong(tokens, &blocks[i], i, &wanted->items[i], ret))
            return true;
    }
    return count != wanted->count;
}

/* The results of one type, as a program gets them that asks for this type. The name is the
 * first's. */
static void choose_type(const struct wanted_list *all, const struct constant *type,
                        struct wanted_list *ret)
{
    ret->count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (all->items[i].parts[KIND_TYPE] == type)
            ret->items[ret->count++] = all->items[i];
    }
    if (ret->count)
        (void)memcpy(ret->items[0].canonical, all->items[0].canonical, MOST_TEXT);
}

static bool are_of_type(const struct token_list *tokens, const struct block *blocks, size_t count,
                        const struct constant *type)
{
    size_t same = 0;
    while (same < count && has_part(tokens, &blocks[same], type))
        same++;
    return same == count;
}

/* What can be said of all blocks together: which addresses they have. */
static void judge_addresses(const struct token_list *tokens, const struct block *blocks,
                            size_t count, const struct wanted_list *wanted,
                            struct sg_printed_evidence *ret)
{
    size_t ipv4 = 0, known = 0, ipv4_found = 0;
    for (size_t w = 0; w < wanted->count; w++)
        ipv4 += wanted->items[w].parts[KIND_FAMILY] == &constants[0];
    for (size_t b = 0; b < count; b++) {
        for (size_t w = 0; w < wanted->count; w++) {
            if (!has_address(tokens, &blocks[b], &wanted->items[w]))
                continue;
            known++;
            ipv4_found += wanted->items[w].parts[KIND_FAMILY] == &constants[0];
            break;
        }
    }
    ret->only_ipv4 = ipv4 && ipv4 < wanted->count && count && ipv4_found == count;
    ret->unordered =
        ret->part == part_names[KIND_ADDRESS] && known == count && count == wanted->count;
}

bool sg_printed_results(struct sg_slice output, struct sg_slice reference,
                        struct sg_printed_evidence *ret)
{
    struct token_list tokens = {0};
    struct block blocks[MOST_RESULTS];
    struct wanted_list *all = sg_alloc(2 * sizeof *all), *some = all + 1;
    *all = (struct wanted_list){0};
    read_reference(reference, all);
    read_tokens(output, &tokens);
    size_t count = find_blocks(&tokens, blocks);
    bool wrong = are_wrong(&tokens, blocks, count, all, ret);
    bool of_one_type = false;
    for (size_t i = 0; wrong && i < SG_COUNT(constants); i++) {
        if (constants[i].kind != KIND_TYPE)
            continue;
        choose_type(all, &constants[i], some);
        struct sg_printed_evidence other;
        bool still = !some->count || are_wrong(&tokens, blocks, count, some, &other);
        if (!still)
            wrong = false;
        /* A program that prints one type is compared with the results of that type. */
        if (still && some->count && other.found == other.results && !of_one_type &&
            ret->found != ret->results && are_of_type(&tokens, blocks, count, &constants[i])) {
            *ret = other;
            of_one_type = true;
            judge_addresses(&tokens, blocks, count, some, ret);
        }
    }
    if (wrong && !of_one_type)
        judge_addresses(&tokens, blocks, count, all, ret);
    free(tokens.items);
    free(all);
    return !wrong;
}
