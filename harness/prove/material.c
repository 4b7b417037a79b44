/* SPDX-License-Identifier: MIT
 * A reference, or a twin, as the folder that a student would hand in. */
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "program/manifest.h"
#include "prove/twins.h"

/* `key: 'value'`, in single quotes, where YAML doubles a quote. */
static void add_setting(struct sg_bytes *out, const char *key, const char *value)
{
    if (!value)
        return;
    sg_bytes_printf(out, "%s: '", key);
    for (; *value; value++) {
        if (*value == '\'')
            sg_bytes_add_byte(out, '\'');
        sg_bytes_add_byte(out, *value == '\n' ? ' ' : (uint8_t)*value);
    }
    sg_bytes_add_text(out, "'\n");
}

/* NULL: it is not said. */
static const char *form_word(int form)
{
    for (size_t i = 0; i < sg_type_manifest_form.choice_count; i++) {
        if (sg_type_manifest_form.choices[i].value == form)
            return sg_type_manifest_form.choices[i].word;
    }
    return NULL;
}

static int write_manifest(const struct sg_reference *reference, const char *folder,
                          struct sg_error *err)
{
    sg_autobytes struct sg_bytes text = {0};
    add_setting(&text, "build", reference->build);
    add_setting(&text, "server", reference->server);
    add_setting(&text, "client", reference->client);
    add_setting(&text, "form", form_word(reference->client_form));
    if (!text.length)
        return 0;
    sg_autofree char *path = sg_printf("%s/submission.yaml", folder);
    return sg_file_write(path, sg_bytes_slice(&text), err);
}

static int write_source(const struct sg_twins *twins, const struct sg_twin *twin, const char *file,
                        const char *folder, struct sg_error *err)
{
    sg_autobytes struct sg_bytes text = {0};
    sg_autofree char *from = sg_printf("%s/%s", twins->folder, file);
    sg_autofree char *path = sg_printf("%s/%s", folder, file);
    sg_autofree char *above = sg_strdup(path);
    struct stat status;
    *strrchr(above, '/') = 0;
    if (sg_twins_file(twins, twin, file, &text, err) < 0 || sg_make_folders(above, err) < 0 ||
        sg_file_write(path, sg_bytes_slice(&text), err) < 0)
        return -1;
    if (stat(from, &status) == 0 && chmod(path, status.st_mode & 0777) < 0)
        return sg_fail_os(err, "set the rights of '%s'", path);
    return 0;
}

int sg_twins_make(const struct sg_twins *twins, const struct sg_reference *reference,
                  const struct sg_twin *twin, const char *path, struct sg_error *err)
{
    if (sg_make_folders(path, err) < 0)
        return -1;
    for (size_t i = 0; i < reference->files.count; i++) {
        if (write_source(twins, twin, reference->files.items[i], path, err) < 0)
            return -1;
    }
    return write_manifest(reference, path, err);
}
