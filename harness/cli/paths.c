/* SPDX-License-Identifier: MIT
 * Where the program's own files are. */
#include "cli/paths.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *find(const char *in_build, const char *installed)
{
    char exe[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (length <= 0)
        return NULL;
    exe[length] = 0;
    *strrchr(exe, '/') = 0;
    const char *const candidates[] = {in_build, installed};
    for (size_t i = 0; i < 2; i++) {
        char *path = sg_printf("%s/%s", exe, candidates[i]);
        char *real = access(path, F_OK) == 0 ? realpath(path, NULL) : NULL;
        free(path);
        if (real)
            return real;
    }
    return NULL;
}

char *sg_path_specs(void)
{
    return find("specs", "../share/sockgrade/specs");
}

char *sg_path_templates(void)
{
    return find("student-template", "../share/sockgrade/student-template");
}

char *sg_path_explanations(void)
{
    return find("explain", "../share/sockgrade/explain");
}

char *sg_path_catalogues(void)
{
    return find("locale", "../share/locale");
}

static char *find_references(const char *assignment)
{
    sg_autofree char *in_build = sg_printf("reference/%s", assignment);
    sg_autofree char *installed = sg_printf("../libexec/sockgrade/reference/%s", assignment);
    return find(in_build, installed);
}

char *sg_path_references_of(const struct sg_spec *spec)
{
    char *path = NULL;
    for (size_t i = 0; i < spec->id_count && !path; i++)
        path = find_references(spec->ids[i]);
    return path;
}

void sg_paths_library(struct sg_library *library)
{
    sg_library_add(library, getenv("SOCKGRADE_SPECS"));
    sg_autofree char *own = sg_path_specs();
    sg_library_add(library, own);
}
