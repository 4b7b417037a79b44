/* SPDX-License-Identifier: MIT
 * Registers of x86-64 and aarch64, and what their kernels' conventions for system calls say of
 * them. */
#include "fault/registers.h"

#include <elf.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#ifndef NT_ARM_SYSTEM_CALL
#define NT_ARM_SYSTEM_CALL 0x404
#endif

static bool transfer(enum __ptrace_request request, pid_t tid, int set, void *data, size_t size)
{
    struct iovec part = {.iov_base = data, .iov_len = size};
    return ptrace(request, tid, (void *)(uintptr_t)set, &part) == 0;
}

#if defined(__x86_64__)

enum { CALL_LENGTH = 2 }; /* of the instruction that makes a call */

static unsigned long long *argument_place(struct sg_registers *registers, int index)
{
    struct user_regs_struct *all = &registers->all;
    unsigned long long *const places[] = {&all->rdi, &all->rsi, &all->rdx,
                                          &all->r10, &all->r8,  &all->r9};
    return places[index];
}

bool sg_registers_read(pid_t tid, struct sg_registers *ret)
{
    return transfer(PTRACE_GETREGSET, tid, NT_PRSTATUS, &ret->all, sizeof ret->all);
}

bool sg_registers_write(pid_t tid, const struct sg_registers *registers)
{
    struct sg_registers copy = *registers;
    return transfer(PTRACE_SETREGSET, tid, NT_PRSTATUS, &copy.all, sizeof copy.all);
}

long sg_registers_call(const struct sg_registers *registers)
{
    return (long)registers->all.orig_rax;
}

uint64_t sg_registers_stack(const struct sg_registers *registers)
{
    return registers->all.rsp;
}

int64_t sg_registers_result(const struct sg_registers *registers)
{
    return (int64_t)registers->all.rax;
}

void sg_registers_set_call(struct sg_registers *registers, long number, const uint64_t arguments[6])
{
    registers->all.orig_rax = (unsigned long long)number;
    for (int i = 0; i < 6; i++)
        *argument_place(registers, i) = arguments[i];
}

void sg_registers_skip_call(struct sg_registers *registers, int64_t result)
{
    registers->all.orig_rax = (unsigned long long)-1;
    registers->all.rax = (unsigned long long)result;
}

void sg_registers_restore(struct sg_registers *registers, const struct sg_registers *entry)
{
    struct sg_registers copy = *entry;
    for (int i = 0; i < 6; i++)
        *argument_place(registers, i) = *argument_place(&copy, i);
}

void sg_registers_repeat(struct sg_registers *registers, const struct sg_registers *entry)
{
    sg_registers_restore(registers, entry);
    registers->all.rip = entry->all.rip - CALL_LENGTH;
    registers->all.rax = entry->all.orig_rax;
    registers->all.orig_rax = (unsigned long long)-1; /* it is in no call any more */
}

bool sg_registers_repeat_interrupted(struct sg_registers *registers)
{
    struct sg_registers entry = *registers;
    sg_registers_repeat(registers, &entry);
    return true;
}

static uint64_t place_of(const struct sg_registers *registers)
{
    return registers->all.rip;
}

#elif defined(__aarch64__)

enum { CALL_LENGTH = 4, NUMBER = 8, NO_CALL = -1 };

static unsigned long long *argument_place(struct sg_registers *registers, int index)
{
    return &registers->all.regs[index];
}

bool sg_registers_read(pid_t tid, struct sg_registers *ret)
{
    return transfer(PTRACE_GETREGSET, tid, NT_PRSTATUS, &ret->all, sizeof ret->all) &&
           transfer(PTRACE_GETREGSET, tid, NT_ARM_SYSTEM_CALL, &ret->call, sizeof ret->call);
}

bool sg_registers_write(pid_t tid, const struct sg_registers *registers)
{
    struct sg_registers copy = *registers;
    return transfer(PTRACE_SETREGSET, tid, NT_PRSTATUS, &copy.all, sizeof copy.all) &&
           transfer(PTRACE_SETREGSET, tid, NT_ARM_SYSTEM_CALL, &copy.call, sizeof copy.call);
}

long sg_registers_call(const struct sg_registers *registers)
{
    return registers->call;
}

uint64_t sg_registers_stack(const struct sg_registers *registers)
{
    return registers->all.sp;
}

int64_t sg_registers_result(const struct sg_registers *registers)
{
    return (int64_t)registers->all.regs[0];
}

void sg_registers_set_call(struct sg_registers *registers, long number, const uint64_t arguments[6])
{
    registers->call = (int)number;
    registers->all.regs[NUMBER] = (unsigned long long)number;
    for (int i = 0; i < 6; i++)
        *argument_place(registers, i) = arguments[i];
}

void sg_registers_skip_call(struct sg_registers *registers, int64_t result)
{
    registers->call = NO_CALL;
    registers->all.regs[0] = (unsigned long long)result;
}

void sg_registers_restore(struct sg_registers *registers, const struct sg_registers *entry)
{
    /* The first argument's place is that of the result. */
    for (int i = 1; i < 6; i++)
        registers->all.regs[i] = entry->all.regs[i];
    registers->all.regs[NUMBER] = entry->all.regs[NUMBER];
}

void sg_registers_repeat(struct sg_registers *registers, const struct sg_registers *entry)
{
    sg_registers_restore(registers, entry);
    registers->all.regs[0] = entry->all.regs[0];
    registers->all.pc = entry->all.pc - CALL_LENGTH;
    registers->call = NO_CALL;
}

bool sg_registers_repeat_interrupted(struct sg_registers *registers)
{
    (void)registers;
    return false;
}

static uint64_t place_of(const struct sg_registers *registers)
{
    return registers->all.pc;
}

#else
#error "system calls are changed on x86-64 and aarch64"
#endif

uint64_t sg_registers_argument(const struct sg_registers *registers, int index)
{
    struct sg_registers copy = *registers;
    return *argument_place(&copy, index);
}

void sg_registers_set_argument(struct sg_registers *registers, int index, uint64_t value)
{
    *argument_place(registers, index) = value;
}

bool sg_registers_same_call(const struct sg_registers *a, const struct sg_registers *b)
{
    bool same = sg_registers_call(a) == sg_registers_call(b) && place_of(a) == place_of(b) &&
                sg_registers_stack(a) == sg_registers_stack(b);
    for (int i = 0; i < 6; i++)
        same = same && sg_registers_argument(a, i) == sg_registers_argument(b, i);
    return same;
}
