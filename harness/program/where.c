/* SPDX-License-Identifier: MIT
 * Source lines, by elfutils' libdwfl. The debug information of libraries is not looked for: that
 * takes 30 ms, and the program's own is in its own file. */
#include "program/where.h"

#include <elfutils/libdwfl.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/table.h"
#include "program/jail.h"
#include "program/proc.h"
#include "program/process_tree.h"

/* The registers as DWARF numbers them, up to the stack pointer and, on x86-64, the return
 * address. */
#if defined(__x86_64__)
enum { STACK_REGISTER = 7, RETURN_REGISTER = 16, REGISTER_COUNT = 17 };
#else
enum { STACK_REGISTER = 31, REGISTER_COUNT = 32 };
#endif

struct looking {
    Dwfl *dwfl;
    pid_t tid;
    Dwarf_Word registers[REGISTER_COUNT];
    bool all_known; /* else only the stack pointer and … */
    Dwarf_Addr code;
    struct sg_where *ret;
    bool found;
};

static int no_debug_files(Dwfl_Module *module, void **data, const char *name, Dwarf_Addr base,
                          const char *file, const char *link, GElf_Word crc, char **ret)
{
    (void)module, (void)data, (void)name, (void)base, (void)file, (void)link, (void)crc, (void)ret;
    return -1;
}

static const Dwfl_Callbacks callbacks = {.find_debuginfo = no_debug_files};

/* How far the file `fd`, whose first segment is mapped at `start`, was moved from the addresses in
 * it. */
static bool find_bias(int fd, uint64_t start, uint64_t *ret)
{
    GElf_Ehdr header;
    GElf_Phdr segment;
    size_t count = 0;
    Elf *elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
    bool found = elf && gelf_getehdr(elf, &header) && elf_getphdrnum(elf, &count) == 0;
    bool loaded = false;
    for (size_t i = 0; found && !loaded && i < count; i++) {
        if (!gelf_getphdr(elf, (int)i, &segment) || segment.p_type != PT_LOAD)
            continue;
        loaded = true;
        *ret = header.e_type == ET_DYN ? start - segment.p_vaddr : 0;
    }
    (void)elf_end(elf);
    return loaded;
}

/* Tells libdwfl of a file that the process of thread `tid` has mapped; the path is one in its own
 * view. */
static void report_file(Dwfl *dwfl, pid_t tid, const char *path, uint64_t start)
{
    sg_autofree char *from_here = sg_printf("/proc/%d/root%s", (int)tid, path);
    uint64_t bias;
    sg_autoclose int fd = open(from_here, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0 || !find_bias(fd, start, &bias))
        return;
    if (dwfl_report_elf(dwfl, path, path, fd, bias, false))
        (void)sg_take_fd(&fd); /* libdwfl closes it */
}

static void report_files(Dwfl *dwfl, pid_t tid)
{
    char path[48];
    (void)snprintf(path, sizeof path, "/proc/%d/maps", (int)tid);
    sg_autobytes struct sg_bytes maps = {0};
    if (!sg_file_peek(AT_FDCWD, path, 1 << 20, &maps))
        return;
    for (char *line = (char *)maps.data, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        unsigned long start, offset;
        int name = 0;
        if (sscanf(line, "%lx-%*x %*s %lx %*s %*s %n", &start, &offset, &name) == 2 &&
            offset == 0 && name && line[name] == '/')
            report_file(dwfl, tid, line + name, start);
    }
}

static pid_t next_thread(Dwfl *dwfl, void *state, void **thread)
{
    (void)dwfl;
    const struct looking *looking = state;
    if (*thread)
        return 0;
    *thread = state;
    return looking->tid;
}

static bool read_word(Dwfl *dwfl, Dwarf_Addr address, Dwarf_Word *ret, void *state)
{
    (void)dwfl;
    const struct looking *looking = state;
    return sg_proc_read_memory(looking->tid, address, ret, sizeof *ret);
}

static bool set_registers(Dwfl_Thread *thread, void *state)
{
    const struct looking *looking = state;
    int first = looking->all_known ? 0 : STACK_REGISTER;
    unsigned count = looking->all_known ? REGISTER_COUNT : 1;
#if defined(__x86_64__)
    if (!dwfl_thread_state_registers(thread, RETURN_REGISTER, 1, &looking->code))
        return false;
#endif
    if (!dwfl_thread_state_registers(thread, first, count, looking->registers + first))
        return false;
    dwfl_thread_state_register_pc(thread, looking->code);
    return true;
}

static const Dwfl_Thread_Callbacks thread_callbacks = {
    .next_thread = next_thread,
    .memory_read = read_word,
    .set_initial_registers = set_registers,
};

static const char *below_work(const char *file)
{
    size_t length = strlen(SG_JAIL_WORK);
    if (strncmp(file, SG_JAIL_WORK "/", length + 1) == 0)
        file += length + 1;
    return strncmp(file, "./", 2) == 0 ? file + 2 : file;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Neither an interpreter of the system's, nor what a compiler has put into the program from its
 * library. */
static bool is_own(Dwfl_Module *module, Dwfl_Line *place, const char *file)
{
    static const char *const systems[] = {"/usr/", "/lib", "/opt/"};
    const char *path = dwfl_module_info(module, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    for (size_t i = 0; path && i < SG_COUNT(systems); i++) {
        if (begins(path, systems[i]))
            return false;
    }
    const char *compiled_in = dwfl_line_comp_dir(place);
    if (compiled_in && begins(compiled_in, "/rustc/"))
        return false; /* and Rust names the files of its library as if they were the program's */
    bool in_jail = path && begins(path, SG_JAIL_WORK "/");
    return !in_jail || *file != '/' || begins(file, SG_JAIL_WORK "/");
}

static int look_at_frame(Dwfl_Frame *frame, void *state)
{
    struct looking *looking = state;
    Dwarf_Addr code;
    bool exact;
    int line = 0;
    if (!dwfl_frame_pc(frame, &code, &exact))
        return DWARF_CB_ABORT;
    code -= exact ? 0 : 1; /* a return address is behind the call */
    Dwfl_Module *module = dwfl_addrmodule(looking->dwfl, code);
    Dwfl_Line *place = module ? dwfl_module_getsrc(module, code) : NULL;
    const char *file = place ? dwfl_lineinfo(place, NULL, &line, NULL, NULL, NULL) : NULL;
    if (!file || line <= 0 || !is_own(module, place, file))
        return DWARF_CB_OK;
    const char *function = dwfl_module_addrname(module, code);
    looking->found = true;
    looking->ret->line = line;
    (void)snprintf(looking->ret->file, sizeof looking->ret->file, "%s", below_work(file));
    (void)snprintf(looking->ret->function, sizeof looking->ret->function, "%s",
                   function ? function : "");
    return DWARF_CB_ABORT;
}

static int look_at_thread(Dwfl_Thread *thread, void *state)
{
    (void)dwfl_thread_getframes(thread, look_at_frame, state);
    return DWARF_CB_ABORT;
}

/* Of a thread in a call, /proc tells the stack pointer and the program counter, behind the call's
 * number and its six arguments. It is enough for the first frame. */
static bool read_proc_registers(struct looking *looking)
{
    char path[80];
    (void)snprintf(path, sizeof path, "/proc/%d/syscall", (int)looking->tid);
    sg_autobytes struct sg_bytes text = {0};
    if (!sg_file_peek(AT_FDCWD, path, 512, &text) || !text.length || text.data[0] == 'r')
        return false;
    char *at = (char *)text.data;
    (void)strtol(at, &at, 10);
    for (size_t i = 0; i < 6; i++)
        (void)strtoull(at, &at, 16);
    looking->registers[STACK_REGISTER] = strtoull(at, &at, 16);
    looking->code = strtoull(at, &at, 16);
    return looking->code != 0;
}

static bool read_traced_registers(struct looking *looking)
{
    struct user_regs_struct all;
    struct iovec part = {.iov_base = &all, .iov_len = sizeof all};
    if (ptrace(PTRACE_GETREGSET, looking->tid, (void *)(uintptr_t)NT_PRSTATUS, &part) < 0)
        return false;
#if defined(__x86_64__)
    const Dwarf_Word values[REGISTER_COUNT] = {all.rax, all.rdx, all.rcx, all.rbx, all.rsi, all.rdi,
                                               all.rbp, all.rsp, all.r8,  all.r9,  all.r10, all.r11,
                                               all.r12, all.r13, all.r14, all.r15, all.rip};
    looking->code = all.rip;
#else
    Dwarf_Word values[REGISTER_COUNT];
    for (int i = 0; i < STACK_REGISTER; i++)
        values[i] = all.regs[i];
    values[STACK_REGISTER] = all.sp;
    looking->code = all.pc;
#endif
    memcpy(looking->registers, values, sizeof values);
    looking->all_known = true;
    return true;
}

static bool look_at_stack(struct looking *looking)
{
    (void)elf_version(EV_CURRENT);
    looking->dwfl = dwfl_begin(&callbacks);
    if (!looking->dwfl)
        return false;
    dwfl_report_begin(looking->dwfl);
    report_files(looking->dwfl, looking->tid);
    if (dwfl_report_end(looking->dwfl, NULL, NULL) == 0 &&
        dwfl_attach_state(looking->dwfl, NULL, looking->tid, &thread_callbacks, looking))
        (void)dwfl_getthreads(looking->dwfl, look_at_thread, looking);
    dwfl_end(looking->dwfl);
    return looking->found;
}

bool sg_where_blocked(pid_t tid, struct sg_where *ret)
{
    struct looking looking = {.tid = tid, .ret = ret};
    return read_proc_registers(&looking) && look_at_stack(&looking);
}

bool sg_where_stopped(pid_t tid, struct sg_where *ret)
{
    struct looking looking = {.tid = tid, .ret = ret};
    return read_traced_registers(&looking) && look_at_stack(&looking);
}

bool sg_where_interrupted(pid_t tid, struct sg_where *ret)
{
    int status = 0;
    struct sg_thread thread;
    /* One in an uninterruptible sleep, as in vfork(), would not stop. */
    if (!sg_thread_look(tid, &thread) || thread.state != 'S' ||
        ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0)
        return false;
    bool stops = ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) == 0;
    pid_t told = -1;
    while (stops && (told = waitpid(tid, &status, __WALL)) < 0 && errno == EINTR) {
    }
    bool found = told == tid && WIFSTOPPED(status) && sg_where_stopped(tid, ret);
    (void)ptrace(PTRACE_DETACH, tid, NULL, NULL);
    return found;
}

/* Reads `  File "NAME", line N in FUNCTION`; false where the line is none such, or is not whole
 * yet: it is written in many pieces. */
static bool read_python_line(const char *line, struct sg_where *ret)
{
    static const char start[] = "  File \"";
    if (strncmp(line, start, sizeof start - 1) != 0)
        return false;
    const char *name = line + sizeof start - 1;
    const char *end = strchr(name, '"');
    if (!end || strncmp(end, "\", line ", 8) != 0 || !strchr(end, '\n'))
        return false;
    char *rest;
    ret->line = (int)strtol(end + 8, &rest, 10);
    sg_autofree char *file = sg_printf("%.*s", (int)(end - name), name);
    (void)snprintf(ret->file, sizeof ret->file, "%.255s", below_work(file));
    size_t length = strncmp(rest, " in ", 4) == 0 ? strcspn(rest + 4, "\n") : 0;
    (void)snprintf(ret->function, sizeof ret->function, "%.*s", (int)(length < 63 ? length : 63),
                   rest + 4);
    return true;
}

bool sg_where_python(struct sg_slice text, struct sg_where *ret)
{
    size_t at = sg_slice_find(text, sg_slice_text("Current thread"));
    const char *line = at == SIZE_MAX ? NULL : (const char *)text.data + at;
    while (line && *line) {
        bool own = read_python_line(line, ret) && ret->file[0] != '/' && ret->file[0] != '<';
        if (own)
            return true;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return false;
}

bool sg_where_sanitizer(struct sg_slice text, struct sg_where *ret)
{
    static const char own[] = SG_JAIL_WORK "/";
    sg_autobytes struct sg_bytes report = {0};
    sg_bytes_add(&report, text.data, text.length);
    for (const char *at = sg_bytes_text(&report); (at = strstr(at, own)); at += sizeof own - 1) {
        const char *name = at + sizeof own - 1;
        size_t length = strcspn(name, ":\n");
        ret->line = name[length] == ':' ? (int)strtol(name + length + 1, NULL, 10) : 0;
        if (ret->line <= 0 || length >= sizeof ret->file)
            continue;
        (void)snprintf(ret->file, sizeof ret->file, "%.*s", (int)length, name);
        ret->function[0] = 0;
        return true;
    }
    return false;
}
