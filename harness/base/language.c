/* SPDX-License-Identifier: MIT
 * The language of what students read. */
#include "base/language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char domain[] = "sockgrade";

void sg_language_use(const char *language, const char *folder)
{
    /* gettext() looks at LANGUAGE in every locale but "C", and a machine need not have one of the
     * language. */
    (void)setlocale(LC_MESSAGES, "C.UTF-8");
    (void)setenv("LANGUAGE", language, 1);
    if (folder)
        (void)bindtextdomain(domain, folder);
    (void)bind_textdomain_codeset(domain, "UTF-8");
    (void)textdomain(domain);
    /* The catalogue is read at the first use, which is now: examiners hide the folder that it may
     * lie in. */
    (void)sg_language_used();
}

const char *sg_language_used(void)
{
    /* TRANSLATORS: the code of your language, as in ISO 639: "id" for Indonesian. */
    return _("en");
}

const char *sg_plural_end(size_t count)
{
    return count == 1 || strcmp(sg_language_used(), "en") != 0 ? "" : "s";
}
