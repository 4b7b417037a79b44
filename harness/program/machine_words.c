/* SPDX-License-Identifier: MIT
 * What the rungs are called, and what each of them means. */
#include "base/language.h"
#include "program/machine.h"

struct rung_words {
    const char *word, *meaning;
    bool lesser;
};

static const struct rung_words network_rungs[] = {
    [SG_NETWORK_NONE] = {"none",
                         N_("the programs share this machine's loopback network, so one case is "
                            "played at a time; IPv6 and small buffers are not graded"),
                         true},
    [SG_NETWORK_MAPPED] = {"mapped",
                           N_("each case has a loopback address of its own instead of a network; "
                              "IPv6 is not graded"),
                           true},
    [SG_NETWORK_PRIVATE] = {"private", N_("each case has a network of its own"), false},
};

static const struct rung_words fault_rungs[] = {
    [SG_FAULTS_NONE] = {"none",
                        N_("no call of a program is stopped, so none is made to fail or to "
                           "come up short, and what a program wants to connect to is not seen"),
                        true},
    [SG_FAULTS_PTRACE] = {"ptrace", N_("a program's calls are stopped by ptrace"), false},
    [SG_FAULTS_SECCOMP] = {"seccomp", N_("a program's calls are stopped by a seccomp filter"),
                           false},
};

static const struct rung_words jail_rungs[] = {
    [SG_JAIL_NONE] = {"none", N_("programs may use every file that their user may"), true},
    [SG_JAIL_LANDLOCK] = {"landlock",
                          N_("programs see this machine's files, of which Landlock lets them use "
                             "the system's and their own"),
                          true},
    [SG_JAIL_FULL] = {"full", N_("programs have files and processes of their own"), false},
};

const char *sg_machine_meaning(const struct sg_machine *machine, int technique)
{
    const char *const all[SG_TECHNIQUES] = {network_rungs[machine->rungs.network].meaning,
                                            fault_rungs[machine->rungs.faults].meaning,
                                            jail_rungs[machine->rungs.jail].meaning};
    return _(all[technique]);
}

bool sg_machine_is_lesser(const struct sg_machine *machine, int technique)
{
    const bool all[SG_TECHNIQUES] = {network_rungs[machine->rungs.network].lesser,
                                     fault_rungs[machine->rungs.faults].lesser,
                                     jail_rungs[machine->rungs.jail].lesser};
    return all[technique];
}

const char *sg_machine_network(const struct sg_machine *machine)
{
    return network_rungs[machine->rungs.network].word;
}

const char *sg_machine_faults(const struct sg_machine *machine)
{
    return fault_rungs[machine->rungs.faults].word;
}

const char *sg_machine_jail(const struct sg_machine *machine)
{
    return jail_rungs[machine->rungs.jail].word;
}
