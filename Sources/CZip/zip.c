#include "CZip.h"

/* The name by which a compiler finds it, and those that Debian's releases gave it since. */
static const char *const libraries[] = {"libzip.so", "libzip.so.5", "libzip.so.4"};

const char *czip_load(czip_functions *functions) {
    static const char *const names[] = {CZIP_FUNCTIONS(CLIBRARY_NAME)};
    const char *reason = NULL;
    for (size_t index = 0; index < sizeof libraries / sizeof *libraries; index++) {
        reason = clibrary_load(libraries[index], names, sizeof names / sizeof *names, (void **)functions);
        if (reason == NULL) return NULL;
    }
    return reason;
}
