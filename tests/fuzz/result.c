/* SPDX-License-Identifier: MIT
 * Any bytes as a result file, and as what an examiner answers: read, and written again where it can
 * be read. */
#include "result/json.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_run(struct sg_slice json)
{
    struct sg_run run;
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes out = {0};
    if (sg_run_from_json(json, &run, &err) == 0) {
        sg_run_to_json(&run, true, &out);
        sg_run_to_json(&run, false, &out);
        sg_run_done(&run);
    }
}

static void read_case(struct sg_slice json)
{
    struct sg_case_result result;
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes out = {0};
    if (sg_case_from_json(json, &result, &err) == 0) {
        sg_case_to_json(&result, true, &out);
        sg_case_to_json(&result, false, &out);
        sg_case_result_done(&result);
    }
}

static void read_summary(struct sg_slice json)
{
    struct sg_run_summary summary;
    struct sg_error err = {0};
    if (sg_run_summary_from_json(json, &summary, &err) == 0)
        sg_run_summary_done(&summary);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sg_slice json = {data, size};
    read_run(json);
    read_case(json);
    read_summary(json);
    return 0;
}
