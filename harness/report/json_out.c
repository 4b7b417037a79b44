/* SPDX-License-Identifier: MIT
 * JSON under construction. */
#include "report/json_out.h"

#include "base/number.h"
#include "report/told.h"

static void quote(const struct sg_json_out *json, const char *text)
{
    sg_autobytes struct sg_bytes cut = {0};
    sg_add_cut(&cut, text, json->most ? json->most : SG_TOLD_MOST);
    (json->quote ? json->quote : sg_add_quoted)(json->out, sg_bytes_text(&cut));
}

static void begin_line(const struct sg_json_out *json)
{
    sg_bytes_add_byte(json->out, '\n');
    for (int i = 0; i < json->depth; i++)
        sg_bytes_add_text(json->out, "  ");
}

static void begin_value(struct sg_json_out *json, const char *key)
{
    if (json->filled)
        sg_bytes_add_text(json->out, ",");
    if (json->depth && json->depth <= json->tall)
        begin_line(json);
    else if (json->filled)
        sg_bytes_add_byte(json->out, ' ');
    if (key) {
        quote(json, key);
        sg_bytes_add_text(json->out, ": ");
    }
    json->filled = true;
}

void sg_json_open(struct sg_json_out *json, const char *key, char bracket)
{
    begin_value(json, key);
    sg_bytes_add_byte(json->out, (uint8_t)bracket);
    json->depth++;
    json->filled = false;
}

void sg_json_close(struct sg_json_out *json, char bracket)
{
    bool was_tall = json->depth <= json->tall && json->filled;
    json->depth--;
    if (was_tall)
        begin_line(json);
    sg_bytes_add_byte(json->out, (uint8_t)bracket);
    json->filled = true;
    if (!json->depth) {
        sg_bytes_add_byte(json->out, '\n');
        json->filled = false;
    }
}

void sg_json_text(struct sg_json_out *json, const char *key, const char *text)
{
    begin_value(json, key);
    quote(json, text);
}

void sg_json_text_if(struct sg_json_out *json, const char *key, const char *text)
{
    if (text && *text)
        sg_json_text(json, key, text);
}

void sg_json_points(struct sg_json_out *json, const char *key, int64_t thousandths)
{
    begin_value(json, key);
    sg_thousandths_print(json->out, thousandths);
}

void sg_json_number(struct sg_json_out *json, const char *key, int64_t number)
{
    begin_value(json, key);
    sg_bytes_printf(json->out, "%lld", (long long)number);
}

void sg_json_seconds(struct sg_json_out *json, const char *key, uint64_t ns)
{
    begin_value(json, key);
    sg_add_seconds(json->out, ns);
}

void sg_json_flag(struct sg_json_out *json, const char *key, bool flag)
{
    sg_json_raw(json, key, flag ? "true" : "false");
}

void sg_json_raw(struct sg_json_out *json, const char *key, const char *value)
{
    begin_value(json, key);
    sg_bytes_add_text(json->out, value);
}
