#include "CExpat.h"

/* The name by which a compiler finds it, and that of the library itself. */
static const char *const libraries[] = {"libexpat.so", "libexpat.so.1"};

const char *cexpat_load(cexpat_functions *functions) {
    static const char *const names[] = {CEXPAT_FUNCTIONS(CLIBRARY_NAME)};
    const char *reason = NULL;
    for (size_t index = 0; index < sizeof libraries / sizeof *libraries; index++) {
        reason = clibrary_load(libraries[index], names, sizeof names / sizeof *names, (void **)functions);
        if (reason == NULL) return NULL;
    }
    return reason;
}
