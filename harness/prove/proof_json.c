/* SPDX-License-Identifier: MIT
 * A proof as JSON, for tools. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "prove/proof.h"

static json_t *text(const char *value)
{
    sg_autobytes struct sg_bytes shown = {0};
    sg_show_lines(&shown, (const uint8_t *)value, strlen(value));
    return json_stringn(sg_bytes_text(&shown), shown.length);
}

static json_t *problems(const struct sg_subject *subject)
{
    json_t *list = json_array();
    for (size_t i = 0; i < subject->problem_count; i++)
        json_array_append_new(list, text(subject->problems[i]));
    return list;
}

static json_t *durations(const struct sg_subject *subject)
{
    json_t *list = json_array();
    for (size_t i = 0; i < subject->run_count; i++)
        json_array_append_new(list, json_real((double)(subject->runs[i].duration_ns / 1000) / 1e3));
    return list;
}

static json_t *codes(const struct sg_codes_list *codes)
{
    json_t *list = json_array();
    for (size_t i = 0; i < codes->count; i++)
        json_array_append_new(list, json_string(sg_code_info((enum sg_code)codes->items[i])->id));
    return list;
}

static json_t *reference(const struct sg_proof *proof, const struct sg_subject *subject)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", text(sg_subject_name(subject)));
    json_object_set_new(object, "runs", json_integer((json_int_t)subject->run_count));
    json_object_set_new(object, "perfect",
                        json_integer((json_int_t)sg_subject_perfect_runs(proof, subject)));
    json_object_set_new(object, "same_file",
                        json_integer((json_int_t)sg_subject_equal_files(subject)));
    json_object_set_new(object, "durations_ms", durations(subject));
    json_object_set_new(object, "problems", problems(subject));
    return object;
}

/* One case of a twin: what came of it in each run. */
static json_t *outcomes(const struct sg_subject *subject, const struct sg_case *one, size_t index)
{
    json_t *list = json_array();
    for (size_t r = 0; r < subject->run_count; r++) {
        const struct sg_cell *cell = &subject->runs[r].cells[index];
        json_t *outcome = json_object();
        json_object_set_new(outcome, "status",
                            json_string(sg_status_word((enum sg_status)cell->status)));
        if (cell->code)
            json_object_set_new(outcome, "code",
                                json_string(sg_code_info((enum sg_code)cell->code)->id));
        if (cell->text[0])
            json_object_set_new(outcome, "text", text(cell->text));
        json_array_append_new(list, outcome);
    }
    json_t *object = json_object();
    json_object_set_new(object, "id", text(one->name));
    json_object_set_new(object, "stable",
                        json_boolean(sg_subject_cell(subject, index) != SG_CELL_UNSTABLE));
    json_object_set_new(object, "runs", list);
    return object;
}

static json_t *twin(const struct sg_proof *proof, const struct sg_subject *subject)
{
    json_t *object = json_object(), *cases = json_array();
    json_object_set_new(object, "id", text(sg_subject_name(subject)));
    json_object_set_new(object, "of", text(subject->reference->name));
    json_object_set_new(object, "role",
                        json_string(subject->role == SG_ROLE_SERVER ? "server" : "client"));
    json_object_set_new(object, "bug", text(subject->twin->bug));
    json_object_set_new(object, "earns", codes(&subject->twin->earns));
    json_object_set_new(object, "also", codes(&subject->twin->also));
    json_object_set_new(object, "survives", json_boolean(subject->survives));
    json_object_set_new(object, "durations_ms", durations(subject));
    json_object_set_new(object, "problems", problems(subject));
    for (size_t i = 0; i < proof->assignment->cases.count; i++) {
        if (sg_subject_cell(subject, i) != SG_CELL_NOT_PLAYED)
            json_array_append_new(cases, outcomes(subject, &proof->assignment->cases.items[i], i));
    }
    json_object_set_new(object, "cases", cases);
    return object;
}

static json_t *worths(const struct sg_proof *proof)
{
    json_t *list = json_array();
    const char *last = "";
    for (size_t i = 0; i < proof->assignment->cases.count; i++) {
        const struct sg_case *one = &proof->assignment->cases.items[i];
        size_t catches, alone;
        if (strcmp(one->id, last) == 0)
            continue;
        last = one->id;
        sg_proof_count_catches(proof, one, &catches, &alone);
        json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:I}", "id", one->id, "role",
                                              one->role == SG_ROLE_SERVER ? "server" : "client",
                                              "catches", (json_int_t)catches, "alone",
                                              (json_int_t)alone));
    }
    return list;
}

void sg_proof_to_json(const struct sg_proof *proof, struct sg_bytes *out)
{
    json_t *object = json_object(), *references = json_array(), *twins = json_array();
    for (size_t i = 0; i < proof->reference_count; i++)
        json_array_append_new(references, reference(proof, &proof->subjects[i]));
    for (size_t i = proof->reference_count; i < proof->count; i++)
        json_array_append_new(twins, twin(proof, &proof->subjects[i]));
    json_object_set_new(object, "schema", json_string("sockgrade/proof/1"));
    json_object_set_new(object, "assignment", text(proof->assignment->id));
    json_object_set_new(object, "seed", json_integer((json_int_t)proof->seed));
    json_object_set_new(object, "proven", json_boolean(proof->proven));
    json_object_set_new(object, "references", references);
    json_object_set_new(object, "twins", twins);
    json_object_set_new(object, "cases", worths(proof));
    char *json = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    if (!json)
        sg_out_of_memory();
    sg_bytes_add_text(out, json);
    sg_bytes_add_byte(out, '\n');
    free(json);
}
