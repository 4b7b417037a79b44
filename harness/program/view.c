/* SPDX-License-Identifier: MIT
 * The file system that a program sees in a mount namespace: the system read-only, a /dev of
 * harmless devices, empty writable folders in memory, and nothing else of the host. */
#include "program/view.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"
#include "base/tree.h"

static int make_folder(const char *path, struct sg_error *err)
{
    if (mkdir(path, 0755) < 0 && errno != EEXIST)
        return sg_fail_os(err, "make the folder '%s'", path);
    return 0;
}

static int bind_mount(const char *from, const char *to, struct sg_error *err)
{
    if (mount(from, to, "none", MS_BIND | MS_REC, NULL) < 0)
        return sg_fail_os(err, "mount '%s'", from);
    return 0;
}

/* The folder `from` of the host at its own place in the view: bound, or the same symbolic link. */
static int show_folder(const char *view, const char *from, struct sg_error *err)
{
    sg_autofree char *to = sg_printf("%s%s", view, from);
    struct stat status;
    if (lstat(from, &status) < 0)
        return 0;
    if (S_ISLNK(status.st_mode)) {
        char target[256];
        ssize_t length = readlink(from, target, sizeof target - 1);
        target[length > 0 ? length : 0] = 0;
        if (length <= 0 || symlink(target, to) < 0)
            return sg_fail_os(err, "make the link '%s'", to);
        return 0;
    }
    if (sg_make_folders(to, err) < 0)
        return -1;
    return bind_mount(from, to, err);
}

static int show_system(const struct sg_jail *jail, const char *view, struct sg_error *err)
{
    static const char *const system[] = {
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/etc", "/nix",
    };
    for (size_t i = 0; i < SG_COUNT(system); i++) {
        if (show_folder(view, system[i], err) < 0)
            return -1;
    }
    for (size_t i = 0; i < jail->toolchains.folders.count; i++) {
        if (show_folder(view, jail->toolchains.folders.items[i], err) < 0)
            return -1;
    }
    return 0;
}

static bool is_shown(const struct sg_jail *jail, const char *path)
{
    static const char *const most[] = {"/usr/", "/opt/", "/etc/", "/nix/"};
    for (size_t i = 0; i < SG_COUNT(most); i++) {
        if (strncmp(path, most[i], strlen(most[i])) == 0)
            return true;
    }
    for (size_t i = 0; i < jail->toolchains.folders.count; i++) {
        size_t length = strlen(jail->toolchains.folders.items[i]);
        if (strncmp(path, jail->toolchains.folders.items[i], length) == 0 && path[length] == '/')
            return true;
    }
    return false;
}

/* Puts something empty over what is not to be seen. */
static int hide(const struct sg_jail *jail, const char *view, const char *path,
                struct sg_error *err)
{
    sg_autofree char *shown = sg_printf("%s%s", view, path);
    sg_autofree char *own = sg_printf("%s/.files", view);
    struct stat status;
    if (!is_shown(jail, path) || lstat(shown, &status) < 0)
        return 0;
    if (make_folder(own, err) < 0)
        return -1;
    sg_autofree char *empty =
        sg_printf("%s/.files/%s", view, S_ISDIR(status.st_mode) ? "nothing" : "no-bytes");
    if (S_ISDIR(status.st_mode))
        return make_folder(empty, err) < 0 ? -1 : bind_mount(empty, shown, err);
    int fd = open(empty, O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
    if (fd < 0)
        return sg_fail_os(err, "create '%s'", empty);
    (void)close(fd);
    return bind_mount(empty, shown, err);
}

static int hide_all(const struct sg_jail *jail, const char *view, struct sg_error *err)
{
    for (size_t i = 0; jail->hidden && i < jail->hidden->count; i++) {
        if (hide(jail, view, jail->hidden->items[i], err) < 0)
            return -1;
    }
    return 0;
}

/* A file of the view's own in place of the host's; where the host has none it is not missed. */
static int replace_file(const char *view, const char *path, const char *text, struct sg_error *err)
{
    sg_autofree char *own = sg_printf("%s/.files%s", view, path);
    sg_autofree char *shown = sg_printf("%s%s", view, path);
    struct stat status;
    if (lstat(shown, &status) < 0 || !S_ISREG(status.st_mode))
        return 0;
    for (char *slash = strchr(own + strlen(view) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)mkdir(own, 0755);
        *slash = '/';
    }
    int fd = open(own, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return sg_fail_os(err, "create '%s'", own);
    int failed = sg_write_all(fd, sg_slice_text(text), err);
    (void)close(fd);
    return failed ? -1 : bind_mount(own, shown, err);
}

/* What the case has for this file, NULL: nothing. */
static const char *find_own(const struct sg_jail *jail, const char *path)
{
    for (size_t i = 0; jail->files && i < jail->files->count; i++) {
        if (strcmp(jail->files->items[i].path, path) == 0)
            return jail->files->items[i].text;
    }
    return NULL;
}

static int replace_files(const struct sg_jail *jail, const char *view, struct sg_error *err)
{
    char passwd[256], group[128];
    unsigned user = (unsigned)sg_jail_user(), gid = (unsigned)sg_jail_group();
    (void)snprintf(passwd, sizeof passwd,
                   "root:x:0:0:root:/root:/usr/sbin/nologin\n"
                   "student:x:%u:%u:student:" SG_JAIL_HOME ":/bin/sh\n",
                   user, gid);
    (void)snprintf(group, sizeof group, "root:x:0:\nstudent:x:%u:\n", gid);
    const struct {
        const char *path, *text;
    } files[] = {
        {"/etc/hosts", "127.0.0.1 localhost student\n::1 localhost ip6-localhost student\n"},
        {"/etc/hostname", "student\n"},
        {"/etc/passwd", passwd},
        {"/etc/group", group},
        {"/etc/resolv.conf", ""},
        {"/etc/services", NULL},
        {"/etc/nsswitch.conf", NULL},
        {"/etc/gai.conf", NULL},
    };
    for (size_t i = 0; i < SG_COUNT(files); i++) {
        const char *own = find_own(jail, files[i].path);
        const char *text = own ? own : files[i].text;
        if (text && replace_file(view, files[i].path, text, err) < 0)
            return -1;
    }
    return 0;
}

static int add_devices(const char *view, struct sg_error *err)
{
    static const char *const devices[] = {"null", "zero", "full", "random", "urandom", "tty"};
    for (size_t i = 0; i < SG_COUNT(devices); i++) {
        sg_autofree char *from = sg_printf("/dev/%s", devices[i]);
        sg_autofree char *to = sg_printf("%s/dev/%s", view, devices[i]);
        if (access(from, F_OK) < 0)
            continue;
        int fd = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0)
            return sg_fail_os(err, "create '%s'", to);
        (void)close(fd);
        if (bind_mount(from, to, err) < 0)
            return -1;
    }
    static const char *const links[][2] = {
        {"/proc/self/fd", "fd"},
        {"/proc/self/fd/0", "stdin"},
        {"/proc/self/fd/1", "stdout"},
        {"/proc/self/fd/2", "stderr"},
    };
    for (size_t i = 0; i < SG_COUNT(links); i++) {
        sg_autofree char *to = sg_printf("%s/dev/%s", view, links[i][1]);
        if (symlink(links[i][0], to) < 0)
            return sg_fail_os(err, "make the link '%s'", to);
    }
    return 0;
}

static int mount_memory(const char *path, const char *options, struct sg_error *err)
{
    if (mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
        return sg_fail_os(err, "mount a file system in memory");
    return 0;
}

/* Where the examiner is root and the program is not, what it may write to is its own. */
static int give_away(const struct sg_jail *jail, const char *path, struct sg_error *err)
{
    if (!jail->rungs->user_namespace && chown(path, sg_jail_user(), sg_jail_group()) < 0)
        return sg_fail_os(err, "give '%s' to an ordinary user", path);
    return 0;
}

/* Folders that a program may write to, each a file system of its own in memory. */
static const struct {
    const char *path, *options;
} writable[] = {
    {"/tmp", "mode=1777,size=256m,nr_inodes=64k"},
    {"/dev/shm", "mode=1777,size=64m,nr_inodes=4k"},
    {SG_JAIL_HOME, "mode=0755,size=64m,nr_inodes=16k"},
};

int sg_view_build(const struct sg_jail *jail, struct sg_error *err)
{
    sg_autofree char *view = sg_printf("%s/view", jail->folder);
    if (mount_memory(jail->folder, "mode=0755,size=512m,nr_inodes=256k", err) < 0 ||
        make_folder(view, err) < 0 || mount_memory(view, "mode=0755,size=4m", err) < 0)
        return -1;
    static const char *const folders[] = {"/proc", "/dev", "/dev/shm", "/tmp",
                                          "/var",  "/run", "/home",    SG_JAIL_HOME};
    for (size_t i = 0; i < SG_COUNT(folders); i++) {
        sg_autofree char *path = sg_printf("%s%s", view, folders[i]);
        if (make_folder(path, err) < 0)
            return -1;
    }
    sg_autofree char *var_tmp = sg_printf("%s/var/tmp", view);
    if (symlink("/tmp", var_tmp) < 0)
        return sg_fail_os(err, "make the link '%s'", var_tmp);
    if (show_system(jail, view, err) < 0 || hide_all(jail, view, err) < 0 ||
        replace_files(jail, view, err) < 0)
        return -1;
    if (sg_mount_set_flags(view, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, err) < 0 ||
        add_devices(view, err) < 0 || sg_mount_set_flags(view, MOUNT_ATTR_RDONLY, err) < 0)
        return -1;
    for (size_t i = 0; i < SG_COUNT(writable); i++) {
        sg_autofree char *path = sg_printf("%s%s", view, writable[i].path);
        if (mount_memory(path, writable[i].options, err) < 0 || give_away(jail, path, err) < 0)
            return -1;
    }
    sg_autofree char *work = sg_printf("%s" SG_JAIL_WORK, view);
    return make_folder(work, err);
}

static bool mount_overlay(const char *tree, const char *layers, const char *to)
{
    sg_autofree char *options =
        sg_printf("lowerdir=%s,upperdir=%s/upper,workdir=%s/work,userxattr", tree, layers, layers);
    /* A comma or colon in the path would end the option early. */
    return !strpbrk(tree, ",:\\") && mount("overlay", to, "overlay", 0, options) == 0;
}

int sg_view_copy_tree(const struct sg_jail *jail, const char *tree, const char *name,
                      char **ret_path, struct sg_error *err)
{
    sg_autofree char *layers = sg_printf("%s/%s", jail->folder, name);
    sg_autofree char *upper = sg_printf("%s/upper", layers);
    sg_autofree char *work = sg_printf("%s/work", layers);
    sg_autofree char *path = sg_printf("%s/tree", layers);
    if (make_folder(layers, err) < 0 || make_folder(upper, err) < 0 || make_folder(work, err) < 0)
        return -1;
    if (make_folder(path, err) < 0 || give_away(jail, upper, err) < 0)
        return -1;
    if (!mount_overlay(tree, layers, path)) {
        (void)rmdir(path);
        if (sg_jail_copy_files(tree, path, err) < 0 ||
            (!jail->rungs->user_namespace &&
             sg_give_tree(path, sg_jail_user(), sg_jail_group(), err) < 0))
            return -1;
    }
    *ret_path = path;
    path = NULL;
    return 0;
}

static int pivot(const char *view, struct sg_error *err)
{
    if (chdir(view) < 0 || syscall(SYS_pivot_root, ".", ".") < 0)
        return sg_fail_os(err, "make the view the root");
    /* The old root lies over the new one now; without it nothing of the host is left. */
    if (umount2(".", MNT_DETACH) < 0 || chdir("/") < 0)
        return sg_fail_os(err, "leave the host's root");
    return 0;
}

int sg_view_enter(const struct sg_jail *jail, const char *work, bool read_only,
                  struct sg_error *err)
{
    sg_autofree char *view = sg_printf("%s/view", jail->folder);
    sg_autofree char *place = sg_printf("%s" SG_JAIL_WORK, view);
    sg_autofree char *proc = sg_printf("%s/proc", view);
    if (bind_mount(work, place, err) < 0)
        return -1;
    if (sg_mount_set_flags(
            place, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (read_only ? MOUNT_ATTR_RDONLY : 0),
            err) < 0)
        return -1;
    /* Nobody sees init there, whose command line is sockgrade's, and nothing is to be written
     * to. */
    const unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY;
    if (mount("proc", proc, "proc", flags, "hidepid=2") < 0)
        return sg_fail_os(err, "mount /proc");
    return pivot(view, err);
}
