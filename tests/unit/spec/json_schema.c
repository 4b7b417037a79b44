/* SPDX-License-Identifier: MIT
 * The JSON Schema is whole; that it agrees with the loader is tests/schema/agree.mjs's. */
#include "spec/json_schema.h"

#include <jansson.h>

#include "loaded.h"

static json_t *make(void)
{
    sg_autobytes struct sg_bytes out = {0};
    sg_spec_json_schema(&sg_type_assignment, "an-id", "A title", &out);
    json_error_t problem;
    json_t *schema =
        json_loadb((const char *)out.data, out.length, JSON_REJECT_DUPLICATES, &problem);
    cr_assert_not_null(schema, "%s", problem.text);
    return schema;
}

/* Every "$ref" below `value` names a definition. */
static void check_references(const json_t *value, const json_t *definitions, size_t *count)
{
    const char *key;
    json_t *part;
    size_t index;
    const char *reference = json_string_value(json_object_get(value, "$ref"));
    if (reference) {
        cr_expect_eq(strncmp(reference, "#/$defs/", 8), 0, "%s", reference);
        cr_expect_not_null(json_object_get(definitions, reference + 8), "%s", reference);
        (*count)++;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, part)
    {
        check_references(part, definitions, count);
    }
    json_array_foreach(value, index, part)
    {
        check_references(part, definitions, count);
    }
}

Test(json_schema, every_reference_leads_somewhere)
{
    json_t *schema = make();
    size_t count = 0;
    check_references(schema, json_object_get(schema, "$defs"), &count);
    cr_expect_gt(count, 50);
    json_decref(schema);
}

Test(json_schema, says_what_it_is)
{
    json_t *schema = make();
    cr_expect_str_eq(json_string_value(json_object_get(schema, "$schema")),
                     "https://json-schema.org/draft/2020-12/schema");
    cr_expect_str_eq(json_string_value(json_object_get(schema, "$id")), "an-id");
    cr_expect_str_eq(json_string_value(json_object_get(schema, "title")), "A title");
    json_decref(schema);
}

Test(json_schema, records_take_no_other_keys)
{
    json_t *schema = make();
    const char *name;
    json_t *definition;
    size_t records = 0;
    json_object_foreach(json_object_get(schema, "$defs"), name, definition)
    {
        if (!json_object_get(definition, "properties"))
            continue;
        cr_expect_not_null(json_object_get(definition, "additionalProperties"), "%s", name);
        records++;
    }
    cr_expect_gt(records, 5);
    json_decref(schema);
}

Test(json_schema, is_the_same_each_time)
{
    sg_autobytes struct sg_bytes one = {0}, other = {0};
    sg_spec_json_schema(&sg_type_assignment, "x", "x", &one);
    sg_spec_json_schema(&sg_type_assignment, "x", "x", &other);
    cr_expect(sg_slice_equal(sg_bytes_slice(&one), sg_bytes_slice(&other)));
}
