/* SPDX-License-Identifier: MIT
 * What results are of: digests of the spec and the program, and one of all that they depend on but
 * for the submission. */
#include <jansson.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/language.h"
#include "base/table.h"
#include "class/class.h"
#include "class/content.h"

static char *list_patterns(const char *const *patterns, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(patterns[i]));
    char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    if (!text)
        sg_out_of_memory();
    return text;
}

static char *digest_of(const char *const *texts, size_t count)
{
    struct sg_digest digest;
    sg_digest_texts(texts, count, &digest);
    return sg_strdup(digest.text);
}

static char *digest_spec(const struct sg_spec *spec)
{
    const char *texts[SG_MOST_EXTENDS];
    for (size_t i = 0; i < spec->document_count; i++)
        texts[i] = sg_bytes_text(&spec->documents[i].source.text);
    return digest_of(texts, spec->document_count);
}

/* Of this program and the reference programs that it plays against. */
static int digest_program(const char *reference_folder, char **ret, struct sg_error *err)
{
    struct sg_digest program, references = {0};
    if (sg_digest_file("/proc/self/exe", &program, err) < 0)
        return -1;
    if (reference_folder && sg_digest_tree(reference_folder, &references, err) < 0)
        return -1;
    const char *const texts[] = {program.text, references.text};
    *ret = digest_of(texts, SG_COUNT(texts));
    return 0;
}

int sg_class_identify(const struct sg_class *class, const struct sg_spec *spec,
                      struct sg_store_run *ret, struct sg_error *err)
{
    static const char *const roles[] = {
        [0] = "", [SG_ROLE_SERVER] = "server", [SG_ROLE_CLIENT] = "client"};
    ret->assignment = sg_strdup(class->assignment->id);
    ret->title = sg_strdup(sg_words_used(&class->assignment->title));
    ret->spec_digest = digest_spec(spec);
    ret->program_version = sg_strdup(SG_VERSION);
    if (digest_program(class->references, &ret->program_digest, err) < 0)
        return -1;
    ret->seed = class->seed;
    ret->role = sg_strdup(roles[class->role]);
    ret->patterns = list_patterns(class->patterns, class->pattern_count);
    ret->repeat = class->repeat;
    ret->language = sg_strdup(sg_language_used());
    sg_autofree char *seed = sg_printf("%llu", (unsigned long long)ret->seed);
    sg_autofree char *repeat = sg_printf("%lld", (long long)ret->repeat);
    const char *const texts[] = {ret->assignment,
                                 ret->spec_digest,
                                 ret->program_version,
                                 ret->program_digest,
                                 seed,
                                 ret->role,
                                 ret->patterns,
                                 repeat,
                                 ret->language};
    ret->key = digest_of(texts, SG_COUNT(texts));
    return 0;
}
