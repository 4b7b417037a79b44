/* SPDX-License-Identifier: MIT
 * `sockgrade doctor`: what this machine allows, and what is lost where it does not. */
#include <stdio.h>

#include "base/table.h"
#include "cli/output.h"
#include "program/machine.h"
#include "program/toolchains.h"

static void print_abilities(const struct sg_machine *machine, struct sg_bytes *out)
{
    for (int i = 0; i < SG_ABILITY_COUNT; i++) {
        const struct sg_trial *trial = &machine->trials[i];
        const char *name = sg_ability_name((enum sg_ability)i);
        sg_bytes_printf(out, "  %-32s %s\n", name, trial->works ? "yes" : "no");
        if (!trial->works)
            sg_bytes_printf(out, "      %s\n      so: %s\n", trial->reason,
                            sg_ability_loss((enum sg_ability)i));
    }
}

static void print_languages(struct sg_bytes *out)
{
    static const char *const languages[][2] = {
        {"C", "cc"},       {"C++", "c++"},      {"Python", "python3"},
        {"Java", "java"},  {"Node.js", "node"}, {"Go", "go"},
        {"Rust", "rustc"}, {"make", "make"},    {"CMake", "cmake"},
    };
    struct sg_toolchains toolchains;
    sg_toolchains_find(&toolchains);
    sg_bytes_add_text(out, "\nlanguages of submissions\n\n");
    for (size_t i = 0; i < SG_COUNT(languages); i++) {
        sg_autofree char *place = sg_toolchains_which(&toolchains, languages[i][1]);
        sg_bytes_printf(out, "  %-32s %s\n", languages[i][0], place ? place : "no");
    }
    sg_toolchains_done(&toolchains);
}

int sg_command_doctor(struct sg_call *call)
{
    (void)call;
    struct sg_machine machine;
    struct sg_error err = {0};
    if (sg_machine_probe(&machine, &err) < 0)
        return sg_print_error(&err);
    sg_machine_probe_raw(&machine, &machine.trials[SG_ABLE_RAW]);
    sg_autobytes struct sg_bytes out = {0};
    const char *const words[SG_TECHNIQUES][2] = {{"network", sg_machine_network(&machine)},
                                                 {"faults", sg_machine_faults(&machine)},
                                                 {"jail", sg_machine_jail(&machine)}};
    sg_bytes_printf(&out, "network %s, faults %s, jail %s\n\n", words[0][1], words[1][1],
                    words[2][1]);
    for (int i = 0; i < SG_TECHNIQUES; i++)
        sg_bytes_printf(&out, "  %-8s %-9s %s\n", words[i][0], words[i][1],
                        sg_machine_meaning(&machine, i));
    sg_bytes_add_text(&out, "\nwhat this machine allows\n\n");
    print_abilities(&machine, &out);
    print_languages(&out);
    return sg_print(sg_bytes_slice(&out));
}
