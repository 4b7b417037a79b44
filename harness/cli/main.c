/* SPDX-License-Identifier: MIT
 * sockgrade: grades socket assignments. */
#include "cli/command.h"

int main(int argc, char **argv)
{
    return sg_command_main(argc - 1, argv + 1);
}
