/* SPDX-License-Identifier: MIT
 * What a compiled Java class says of itself (The Java Virtual Machine Specification, chapter 4). */
#ifndef SG_PROGRAM_JAVA_CLASS_H
#define SG_PROGRAM_JAVA_CLASS_H

#include <stdbool.h>

#include "base/bytes.h"

/* Reads the class file `file`. *ret_name gets the name with its packages ("com/example/Server"),
 * and is the caller's. False where it is no class file, or has no main(String[]). */
bool sg_java_class_read(struct sg_slice file, struct sg_bytes *ret_name);

#endif
