/* SPDX-License-Identifier: MIT
 * Loading libraries by hand. */
#include "base/symbols.h"

#include <dlfcn.h>
#include <string.h>

int sg_symbols_load(const struct sg_symbols *symbols, void *ret, struct sg_error *err)
{
    void *library = dlopen(symbols->library, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return sg_fail_machine(err, "the library for %s cannot be loaded: %s", symbols->purpose,
                               dlerror());
    for (size_t i = 0; i < symbols->count; i++) {
        void *function = dlsym(library, symbols->rows[i].name);
        if (!function)
            return sg_fail_machine(err, "'%s' has no %s()", symbols->library,
                                   symbols->rows[i].name);
        memcpy((char *)ret + symbols->rows[i].offset, &function, sizeof function);
    }
    return 0;
}
