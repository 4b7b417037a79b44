/* SPDX-License-Identifier: MIT
 * Landlock rules. The constants are our own: each version of the kernel's header lacks those of the
 * next. */
#include "program/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/table.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

enum { VERSION_FLAG = 1, RULE_PATH_BENEATH = 1, SCOPE_ABSTRACT_SOCKETS = 1, SCOPE_SIGNALS = 2 };

enum right {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    READ_DIR = 1 << 3,
    REMOVE_DIR = 1 << 4,
    REMOVE_FILE = 1 << 5,
    MAKE_CHAR = 1 << 6,
    MAKE_DIR = 1 << 7,
    MAKE_REG = 1 << 8,
    MAKE_SOCK = 1 << 9,
    MAKE_FIFO = 1 << 10,
    MAKE_BLOCK = 1 << 11,
    MAKE_SYM = 1 << 12,
    REFER = 1 << 13,     /* version 2 */
    TRUNCATE = 1 << 14,  /* version 3 */
    IOCTL_DEV = 1 << 15, /* version 5 */
};

enum {
    OF_FILES =
        EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV, /* all that a file can have */
    READ = EXECUTE | READ_FILE | READ_DIR,
    USE = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV,
    OWN = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SOCK |
          MAKE_FIFO | MAKE_SYM | REFER | TRUNCATE | IOCTL_DEV,
    ALL = OWN | MAKE_CHAR | MAKE_BLOCK,
};

struct ruleset {
    uint64_t files;
    uint64_t network; /* version 4 */
    uint64_t scoped;  /* version 6 */
};

/* Packed, as the kernel has it. */
struct __attribute__((packed)) beneath {
    uint64_t allowed;
    int32_t folder;
};

/* The version of Landlock that the kernel has; 0: none. */
static int known_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, VERSION_FLAG);
    return version < 0 ? 0 : (int)version;
}

static unsigned known_rights(int version)
{
    unsigned rights = ALL;
    rights &= version < 2 ? ~(unsigned)REFER : ~0u;
    rights &= version < 3 ? ~(unsigned)TRUNCATE : ~0u;
    return version < 5 ? rights & ~(unsigned)IOCTL_DEV : rights;
}

/* What is not there needs no rule. */
static int allow(int ruleset, const char *path, unsigned rights)
{
    struct stat status;
    sg_autoclose int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == EACCES ? 0 : -1;
    if (fstat(fd, &status) == 0 && !S_ISDIR(status.st_mode))
        rights &= OF_FILES;
    const struct beneath beneath = {.allowed = rights, .folder = fd};
    return (int)syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &beneath, 0);
}

static int allow_system(int ruleset, unsigned known)
{
    static const struct {
        const char *path;
        unsigned rights;
    } rows[] = {
        {"/usr", READ},       {"/bin", READ},        {"/sbin", READ},    {"/lib", READ},
        {"/lib32", READ},     {"/lib64", READ},      {"/libx32", READ},  {"/opt", READ},
        {"/etc", READ},       {"/nix", READ},        {"/proc", READ},    {"/sys", READ},
        {"/dev", READ_DIR},   {"/dev/null", USE},    {"/dev/zero", USE}, {"/dev/full", USE},
        {"/dev/random", USE}, {"/dev/urandom", USE}, {"/dev/tty", USE},  {"/dev/shm", OWN},
        {"/dev/fd", READ},    {"/tmp", OWN},
    };
    for (size_t i = 0; i < SG_COUNT(rows); i++) {
        if (allow(ruleset, rows[i].path, rows[i].rights & known) < 0)
            return -1;
    }
    return 0;
}

int sg_landlock_restrict(const struct sg_jail *jail, const char *work, bool read_only)
{
    int version = known_version();
    unsigned known = known_rights(version);
    const struct ruleset attributes = {
        .files = known,
        .scoped = version >= 6 ? SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS : 0,
    };
    size_t size = version >= 6 ? sizeof attributes : sizeof attributes.files;
    sg_autoclose int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes, size, 0);
    if (ruleset < 0 || allow_system(ruleset, known) < 0)
        return -1;
    for (size_t i = 0; i < jail->toolchains.folders.count; i++) {
        if (allow(ruleset, jail->toolchains.folders.items[i], READ) < 0)
            return -1;
    }
    sg_autofree char *home = sg_jail_home(jail), *temporary = sg_jail_temporary(jail);
    if (allow(ruleset, home, OWN & known) < 0 || allow(ruleset, temporary, OWN & known) < 0 ||
        allow(ruleset, work, (read_only ? READ : OWN) & known) < 0)
        return -1;
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
