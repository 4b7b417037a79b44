/* SPDX-License-Identifier: MIT
 * The mounts of an examiner (program/view.c), with as few calls as they take. */
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

enum { LONGEST = 4096 };
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void mount_memory(const char *path, const char *options)
{
    bench_check(mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options), path);
}

static void bind_mount(const char *from, const char *to)
{
    bench_check(mount(from, to, NULL, MS_BIND | MS_REC, NULL), from);
}

static void set_flags(const char *path, uint64_t flags)
{
    struct mount_attr attributes = {.attr_set = flags};
    bench_check(
        syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &attributes, sizeof attributes),
        "mount_setattr");
}

static void make_folders(const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bench_check(mkdir(paths[i], 0755), paths[i]);
}

static void make_file(const char *path, const char *text)
{
    int fd = (int)bench_check(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644), path);
    bench_check(write(fd, text, strlen(text)), path);
    (void)close(fd);
}

/* The folder `name` of the host at its own place; where it is a link, the same link. */
static void show_folder(const char *name)
{
    char from[LONGEST], target[LONGEST];
    struct stat status;
    (void)snprintf(from, sizeof from, "/%s", name);
    if (lstat(from, &status) < 0)
        return;
    if (S_ISLNK(status.st_mode)) {
        target[bench_check(readlink(from, target, sizeof target - 1), from)] = 0;
        bench_check(symlink(target, name), name);
        return;
    }
    bench_check(mkdir(name, 0755), name);
    bind_mount(from, name);
}

static void show_device(const char *name)
{
    char from[LONGEST];
    (void)snprintf(from, sizeof from, "/%s", name);
    make_file(name, "");
    bind_mount(from, name);
}

static void replace_files(void)
{
    static const char *const names[] = {"hosts", "hostname", "passwd", "group", "resolv.conf"};
    for (size_t i = 0; i < COUNT(names); i++) {
        char own[LONGEST], shown[LONGEST];
        struct stat status;
        (void)snprintf(own, sizeof own, "files/%s", names[i]);
        (void)snprintf(shown, sizeof shown, "etc/%s", names[i]);
        if (lstat(shown, &status) < 0 || !S_ISREG(status.st_mode))
            continue;
        make_file(own, "127.0.0.1 localhost\n");
        bind_mount(own, shown);
    }
}

static void show_server(const struct bench_server *server)
{
    static const char *const folders[] = {"../upper", "../layer", "../tree"};
    char options[LONGEST];
    make_folders(folders, COUNT(folders));
    (void)snprintf(options, sizeof options,
                   "lowerdir=%s,upperdir=../upper,workdir=../layer,userxattr", server->folder);
    bench_check(mount("overlay", "../tree", "overlay", 0, options), "mount an overlay");
}

void bench_view_build(const struct bench_server *server)
{
    static const char *const folders[] = {"proc", "dev",  "dev/shm",      "tmp",  "var",
                                          "run",  "home", "home/student", "files"};
    static const char *const system[] = {"usr",   "bin",    "sbin", "lib", "lib32",
                                         "lib64", "libx32", "opt",  "etc", "nix"};
    static const char *const devices[] = {"dev/null",   "dev/zero",    "dev/full",
                                          "dev/random", "dev/urandom", "dev/tty"};
    mount_memory(server->mount_point, "mode=0755,size=512m,nr_inodes=256k");
    bench_check(chdir(server->mount_point), server->mount_point);
    bench_check(mkdir("view", 0755), "mkdir");
    mount_memory("view", "mode=0755,size=4m");
    bench_check(chdir("view"), "chdir");
    make_folders(folders, COUNT(folders));
    for (size_t i = 0; i < COUNT(system); i++)
        show_folder(system[i]);
    replace_files();
    set_flags(".", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
    for (size_t i = 0; i < COUNT(devices); i++)
        show_device(devices[i]);
    set_flags(".", MOUNT_ATTR_RDONLY);
    mount_memory("tmp", "mode=1777,size=256m,nr_inodes=64k");
    mount_memory("dev/shm", "mode=1777,size=64m,nr_inodes=4k");
    mount_memory("home/student", "mode=0755,size=64m,nr_inodes=16k");
    bench_check(mkdir("home/student/work", 0755), "mkdir");
    show_server(server);
}

void bench_view_enter(void)
{
    bind_mount("../tree", "home/student/work");
    set_flags("home/student/work", MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV);
    bench_check(mount("proc", "proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL),
                "mount /proc");
    bench_check(syscall(SYS_pivot_root, ".", "."), "pivot_root");
    bench_check(umount2(".", MNT_DETACH), "leave the host's root");
    bench_check(chdir("/home/student/work"), "chdir");
}
