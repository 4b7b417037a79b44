/* SPDX-License-Identifier: MIT
 * The registers of a stopped thread, as far as they make up a system call. */
#ifndef SG_FAULT_REGISTERS_H
#define SG_FAULT_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/user.h>

struct sg_registers {
    struct user_regs_struct all;
    int call; /* where the machine keeps the call's number apart (aarch64) */
};

bool sg_registers_read(pid_t tid, struct sg_registers *ret);
bool sg_registers_write(pid_t tid, const struct sg_registers *registers);

/* The call that is being entered or left; -1: none. */
long sg_registers_call(const struct sg_registers *registers);
uint64_t sg_registers_argument(const struct sg_registers *registers, int index); /* 0 to 5 */
uint64_t sg_registers_stack(const struct sg_registers *registers);
/* What a call that is being left returns: -errno where it failed. */
int64_t sg_registers_result(const struct sg_registers *registers);

/* Of a thread that enters a call: another argument; another call; none, with this result. */
void sg_registers_set_argument(struct sg_registers *registers, int index, uint64_t value);
void sg_registers_set_call(struct sg_registers *registers, long number,
                           const uint64_t arguments[6]);
void sg_registers_skip_call(struct sg_registers *registers, int64_t result);

/* Of a thread that leaves a call: the arguments are again those of `entry`, for a program relies on
 * it that a call changes no register but that of the result. */
void sg_registers_restore(struct sg_registers *registers, const struct sg_registers *entry);
/* … it makes the call of `entry` again. */
void sg_registers_repeat(struct sg_registers *registers, const struct sg_registers *entry);
/* Of a thread whose call has failed with EINTR: it makes the call again. False where the machine
 * does not keep its first argument. */
bool sg_registers_repeat_interrupted(struct sg_registers *registers);
/* Whether both enter the same call at the same place with the same arguments. */
bool sg_registers_same_call(const struct sg_registers *a, const struct sg_registers *b);

#endif
