/* SPDX-License-Identifier: MIT
 * Walks the types from the root; each becomes a definition that the others refer to. An editor
 * reads plain scalars as numbers and truth values, the loader as text: where text is wanted, both
 * are right. */
#include "spec/json_schema.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char variable_name[] = "variable";

struct writing {
    json_t *definitions;
    bool variables; /* "$name" can stand for any value */
    bool matrices;  /* a type with a matrix was met, so there are variables */
};

static void set(json_t *object, const char *key, json_t *value)
{
    (void)json_object_set_new(object, key, value);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        set(object, key, json_string(text));
}

static json_t *of_type(const char *name)
{
    return json_pack("{s:s}", "type", name);
}

static json_t *pattern(const char *expression)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", expression);
}

static json_t *either(json_t *one, json_t *other)
{
    return json_pack("{s:[o, o]}", "anyOf", one, other);
}

/* "boxed data" is "boxed-data" in a reference. */
static char *definition_name(const struct sg_type *type)
{
    char *name = sg_strdup(type->id);
    for (char *c = name; *c; c++) {
        if (*c == ' ')
            *c = '-';
    }
    return name;
}

static void define(struct writing *writing, const struct sg_type *type);

static json_t *reference_to(const char *name)
{
    sg_autofree char *path = sg_printf("#/$defs/%s", name);
    return json_pack("{s:s}", "$ref", path);
}

/* A reference to `type` without the variable that may stand for it. */
static json_t *refer_bare(struct writing *writing, const struct sg_type *type)
{
    while (type->kind == SG_KIND_BOX)
        type = type->item;
    define(writing, type);
    sg_autofree char *name = definition_name(type);
    return reference_to(name);
}

static json_t *refer(struct writing *writing, const struct sg_type *type)
{
    json_t *bare = refer_bare(writing, type);
    if (!writing->variables || type->keeps_variables || type->kind == SG_KIND_RAW)
        return bare;
    return either(bare, reference_to(variable_name));
}

static json_t *make_text(const struct sg_type *type)
{
    json_t *schema = json_pack("{s:[s, s, s], s:i}", "type", "string", "number", "boolean",
                               "maxLength", SG_MOST_TEXT_BYTES);
    if (type->least)
        set(schema, "minLength", json_integer(type->least));
    return schema;
}

/* A word, or several with what each means. */
static json_t *make_words(const struct sg_type *type)
{
    json_t *words = json_array(), *told = json_array();
    bool any_help = false;
    for (size_t i = 0; i < type->choice_count; i++) {
        const struct sg_choice *choice = &type->choices[i];
        json_t *one = json_pack("{s:s}", "const", choice->word);
        set_text(one, "description", choice->help);
        any_help = any_help || choice->help;
        (void)json_array_append_new(told, one);
        (void)json_array_append_new(words, json_string(choice->word));
    }
    json_t *schema =
        any_help ? json_pack("{s:O}", "anyOf", told) : json_pack("{s:O}", "enum", words);
    json_decref(words);
    json_decref(told);
    return schema;
}

/* The number as editors read it, and as text. */
static json_t *make_number(const struct sg_type *type, const char *json_type, const char *as_text)
{
    bool points = type->kind == SG_KIND_POINTS;
    json_t *number = of_type(json_type);
    set(number, "minimum", json_integer(points ? type->least / 1000 : type->least));
    set(number, "maximum", json_integer(points ? type->most / 1000 : type->most));
    json_t *schema = either(number, pattern(as_text));
    if (type->choice_count)
        schema = either(schema, make_words(type));
    return schema;
}

static json_t *make_list(struct writing *writing, const struct sg_type *type)
{
    json_t *schema = of_type("array");
    set(schema, "items", refer(writing, type->item));
    if (type->least)
        set(schema, "minItems", json_integer(type->least));
    if (type->most)
        set(schema, "maxItems", json_integer(type->most));
    return schema;
}

/* The `for` of a case: variables and their values. */
static json_t *make_matrix(void)
{
    return json_pack("{s:s, s:i, s:i, s:{s:s}, s:{s:s, s:i}}", "type", "object", "minProperties", 1,
                     "maxProperties", SG_MOST_MATRIX_VARIABLES, "propertyNames", "pattern",
                     "^[a-z_]+$", "additionalProperties", "type", "array", "minItems", 1);
}

static json_t *make_field(struct writing *writing, const struct sg_type *type,
                          const struct sg_field *field)
{
    bool matrix = type->matrix_key && strcmp(type->matrix_key, field->key) == 0;
    json_t *schema = matrix ? make_matrix() : refer(writing, field->type);
    set_text(schema, "description", field->help);
    return schema;
}

/* The keys that must be there, whatever else is. */
static json_t *required_keys(const struct sg_type *type)
{
    json_t *keys = json_array();
    for (size_t i = 0; i < type->field_count; i++) {
        if (type->fields[i].required && !type->fields[i].with)
            (void)json_array_append_new(keys, json_string(type->fields[i].key));
    }
    return keys;
}

/* The keys of variants (of those in `which`; 0: all), each as a schema that wants it. */
static json_t *variant_keys(const struct sg_type *type, uint64_t which)
{
    json_t *list = json_array();
    for (size_t i = 0; i < type->field_count; i++) {
        const struct sg_field *field = &type->fields[i];
        if (!field->variant || (which && !(which & UINT64_C(1) << field->variant)))
            continue;
        (void)json_array_append_new(list, json_pack("{s:[s]}", "required", field->key));
    }
    return list;
}

/* Exactly one variant, or at most one; and keys that only go with some. */
static void add_variants(const struct sg_type *type, json_t *schema)
{
    json_t *variants = variant_keys(type, 0), *companions = json_object(), *needed = json_object();
    if (json_array_size(variants) && !type->needs_variant)
        (void)json_array_append_new(
            variants, json_pack("{s:{s:O}}", "not", "anyOf", variants)); /* none of them */
    for (size_t i = 0; i < type->field_count; i++) {
        const struct sg_field *field = &type->fields[i];
        if (field->with)
            set(companions, field->key,
                json_pack("{s:o}", "anyOf", variant_keys(type, field->with)));
        for (size_t v = 0; field->required && v < type->field_count; v++) {
            const struct sg_field *with = &type->fields[v];
            if (with->variant && field->with & UINT64_C(1) << with->variant)
                set(needed, with->key, json_pack("[s]", field->key));
        }
    }
    if (json_array_size(variants))
        (void)json_object_set(schema, "oneOf", variants);
    if (json_object_size(companions))
        (void)json_object_set(schema, "dependentSchemas", companions);
    if (json_object_size(needed))
        (void)json_object_set(schema, "dependentRequired", needed);
    json_decref(variants);
    json_decref(companions);
    json_decref(needed);
}

static json_t *make_record(struct writing *writing, const struct sg_type *type)
{
    json_t *schema = of_type("object"), *properties = json_object();
    for (size_t i = 0; i < type->field_count; i++)
        set(properties, type->fields[i].key, make_field(writing, type, &type->fields[i]));
    set(schema, "properties", properties);
    set(schema, "additionalProperties",
        type->others ? refer(writing, type->others->item) : json_false());
    json_t *required = required_keys(type);
    if (json_array_size(required))
        (void)json_object_set(schema, "required", required);
    json_decref(required);
    add_variants(type, schema);
    return schema;
}

/* Names and what they stand for; some names may have a type of their own. */
static json_t *make_names(struct writing *writing, const struct sg_type *type)
{
    bool entry = type->kind == SG_KIND_ENTRY;
    json_t *schema = of_type("object"), *properties = json_object();
    for (size_t i = 0; i < type->field_count; i++)
        set(properties, type->fields[i].key, make_field(writing, type, &type->fields[i]));
    if (type->field_count)
        (void)json_object_set(schema, "properties", properties);
    json_decref(properties);
    set(schema, "additionalProperties", refer(writing, type->item));
    if (entry || type->least)
        set(schema, "minProperties", json_integer(entry ? 1 : type->least));
    if (entry || type->most)
        set(schema, "maxProperties", json_integer(entry ? 1 : type->most));
    return schema;
}

static json_t *make_union(struct writing *writing, const struct sg_type *type)
{
    if (type->alternative_count == 1)
        return refer_bare(writing, type->alternatives[0].type);
    json_t *forms = json_array();
    for (size_t i = 0; i < type->alternative_count; i++)
        (void)json_array_append_new(forms, refer_bare(writing, type->alternatives[i].type));
    return json_pack("{s:o}", "anyOf", forms);
}

static json_t *make(struct writing *writing, const struct sg_type *type)
{
    switch (type->kind) {
    case SG_KIND_TEXT:
        return make_text(type);
    case SG_KIND_NAME:
        return pattern("^[a-z][a-z0-9-]{0,63}$");
    case SG_KIND_FLAG:
        return json_pack("{s:[b, b, s, s]}", "enum", 1, 0, "true", "false");
    case SG_KIND_NUMBER:
        return make_number(type, "integer", "^-?[0-9]+$");
    case SG_KIND_DURATION:
        return pattern("^[0-9]+(\\.[0-9]{1,3})?(ms|s)$");
    case SG_KIND_SIZE:
        return make_number(type, "number", "^[0-9]+(\\.[0-9]{1,3})?(KiB|MiB)?$");
    case SG_KIND_POINTS:
        return make_number(type, "number", "^[0-9]+(\\.[0-9]{1,3})?$");
    case SG_KIND_RANGE:
        return make_number(type, "integer", "^[0-9]+(\\.\\.[0-9]+)?$");
    case SG_KIND_CHOICE:
        return make_words(type);
    case SG_KIND_PAYLOAD:
        return pattern("^[\\u0000-\\u007f]*$");
    case SG_KIND_RAW:
        return json_object();
    case SG_KIND_BOX:
        return refer_bare(writing, type->item);
    case SG_KIND_LIST:
        return make_list(writing, type);
    case SG_KIND_RECORD:
        return make_record(writing, type);
    case SG_KIND_TABLE:
    case SG_KIND_ENTRY:
        return make_names(writing, type);
    case SG_KIND_UNION:
        return make_union(writing, type);
    }
    return json_object();
}

static void define(struct writing *writing, const struct sg_type *type)
{
    sg_autofree char *name = definition_name(type);
    if (json_object_get(writing->definitions, name))
        return;
    set(writing->definitions, name, json_object()); /* it may hold itself */
    writing->matrices = writing->matrices || type->matrix_key;
    json_t *schema = make(writing, type);
    set_text(schema, "description", type->help);
    if (type->example)
        set(schema, "examples", json_pack("[s]", type->example));
    set(writing->definitions, name, schema);
}

void sg_spec_json_schema(const struct sg_type *root, const char *id, const char *title,
                         struct sg_bytes *out)
{
    /* Whether there are variables at all is known when all types have been seen once. */
    struct writing writing = {.definitions = json_object()};
    json_decref(refer_bare(&writing, root));
    writing.variables = writing.matrices;
    (void)json_object_clear(writing.definitions);
    if (writing.variables) {
        json_t *variable = pattern("^\\$[a-z_]+(\\.[^.]+)*$");
        set_text(variable, "description", "A variable of the case's `for`, or a part of one.");
        set(writing.definitions, variable_name, variable);
    }
    json_t *schema = json_object();
    set_text(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    set_text(schema, "$id", id);
    set_text(schema, "title", title);
    json_t *body = refer_bare(&writing, root);
    (void)json_object_update(schema, body);
    json_decref(body);
    set(schema, "$defs", writing.definitions);
    char *text = json_dumps(schema, JSON_INDENT(2));
    json_decref(schema);
    if (!text)
        sg_out_of_memory();
    sg_bytes_add_text(out, text);
    sg_bytes_add_byte(out, '\n');
    free(text);
}
