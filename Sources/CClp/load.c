#include "CClp.h"

const char *cclp_load(const char *library, cclp_functions *functions) {
    static const char *const names[] = {CCLP_FUNCTIONS(CLIBRARY_NAME)};
    return clibrary_load(library, names, sizeof names / sizeof *names, (void **)functions);
}
