/* SPDX-License-Identifier: MIT
 * A student's own compiler is often not the system's: Rust by rustup, Node.js by nvm, Go in
 * /usr/local/go. The first that their PATH names is the one that they know, and so the one that is
 * used here. */
#include "program/toolchains.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/table.h"

static const char system_path[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && (!path[length] || path[length] == '/');
}

/* Folders below the home from which programs may be started, if the PATH names one in them. */
static const char *const in_home[] = {
    ".cargo/bin", /* not .cargo, where the token for crates.io is */
    ".nvm/versions",
    ".sdkman/candidates",
};

static void show(struct sg_toolchains *ret, const char *folder)
{
    for (size_t i = 0; i < ret->folders.count; i++) {
        if (strcmp(ret->folders.items[i], folder) == 0)
            return;
    }
    sg_words_add(&ret->folders, folder);
}

/* Whether programs may be looked for in this folder; what of the home is needed for that is
 * shown. */
static bool is_usable(struct sg_toolchains *ret, const char *home, const char *folder)
{
    if (strstr(folder, "/.."))
        return false;
    if (is_below(folder, "/usr") || is_below(folder, "/opt"))
        return true;
    for (size_t i = 0; home && i < SG_COUNT(in_home); i++) {
        sg_autofree char *place = sg_printf("%s/%s", home, in_home[i]);
        if (!is_below(folder, place))
            continue;
        show(ret, place);
        return true;
    }
    return false;
}

static bool holds(const char *path, const char *folder, size_t length)
{
    for (const char *at = path; *at; at += strcspn(at, ":"), at += *at == ':') {
        if (strcspn(at, ":") == length && memcmp(at, folder, length) == 0)
            return true;
    }
    return false;
}

/* What rustup's programs hand on to. */
static void add_rustup(struct sg_toolchains *ret, const char *home)
{
    const char *set = getenv("RUSTUP_HOME");
    sg_autofree char *cargo = sg_printf("%s/.cargo/bin/rustup", home);
    char *place = set && *set == '/' ? sg_strdup(set) : sg_printf("%s/.rustup", home);
    if (access(cargo, X_OK) == 0 && is_folder(place)) {
        show(ret, place);
        ret->rustup = place;
    } else {
        free(place);
    }
}

void sg_toolchains_find(struct sg_toolchains *ret)
{
    const char *home = getenv("HOME"), *given = getenv("PATH");
    *ret = (struct sg_toolchains){0};
    home = home && *home == '/' && home[1] ? home : NULL;
    struct sg_bytes path = {0};
    for (const char *at = given ? given : ""; *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        sg_autofree char *folder = sg_printf("%.*s", (int)length, at);
        at += length;
        if (*folder != '/' || holds(sg_bytes_text(&path), folder, length) ||
            holds(system_path, folder, length) || !is_folder(folder) ||
            !is_usable(ret, home, folder))
            continue;
        sg_bytes_printf(&path, "%s:", folder);
    }
    sg_bytes_add_text(&path, system_path);
    ret->path = sg_bytes_take_text(&path);
    if (home && ret->folders.count)
        add_rustup(ret, home);
}

/* Moves what is at `from` to the same place in what lies over the home since it was taken. */
static int put_back(int from, const char *to, struct sg_error *err)
{
    if (sg_make_folders(to, err) < 0)
        return -1;
    if (syscall(SYS_move_mount, from, "", AT_FDCWD, to, MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return sg_fail_os(err, "mount '%s'", to);
    return 0;
}

static int cover_home(const struct sg_toolchains *toolchains, const char *home,
                      struct sg_error *err)
{
    enum { MOST = SG_COUNT(in_home) + 1 };
    int taken[MOST];
    size_t count = toolchains->folders.count < MOST ? toolchains->folders.count : MOST;
    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", "none", MS_REC | MS_PRIVATE, NULL) < 0)
        return sg_fail_os(err, "make the mounts private");
    for (size_t i = 0; i < count; i++)
        taken[i] = (int)syscall(SYS_open_tree, AT_FDCWD, toolchains->folders.items[i],
                                OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    int failed = 0;
    if (mount("tmpfs", home, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755,size=64k") < 0)
        failed = sg_fail_os(err, "mount a file system in memory");
    for (size_t i = 0; i < count; i++) {
        if (!failed && taken[i] >= 0)
            failed = put_back(taken[i], toolchains->folders.items[i], err);
        if (taken[i] >= 0)
            (void)close(taken[i]);
    }
    return failed;
}

int sg_toolchains_open_home(struct sg_error *err)
{
    struct sg_toolchains toolchains;
    struct stat status;
    const char *home = getenv("HOME");
    if (geteuid() != 0 || !home || stat(home, &status) < 0 || status.st_mode & S_IXOTH)
        return 0;
    sg_toolchains_find(&toolchains);
    int failed = toolchains.folders.count ? cover_home(&toolchains, home, err) : 0;
    sg_toolchains_done(&toolchains);
    return failed;
}

void sg_toolchains_done(struct sg_toolchains *toolchains)
{
    sg_words_done(&toolchains->folders);
    free(toolchains->path);
    free(toolchains->rustup);
    *toolchains = (struct sg_toolchains){0};
}

char *sg_toolchains_which(const struct sg_toolchains *toolchains, const char *name)
{
    for (const char *at = toolchains->path; *at; at += *at == ':') {
        size_t length = strcspn(at, ":");
        sg_autofree char *file = sg_printf("%.*s/%s", (int)length, at, name);
        if (access(file, X_OK) == 0)
            return sg_strdup(file);
        at += length;
    }
    return NULL;
}
