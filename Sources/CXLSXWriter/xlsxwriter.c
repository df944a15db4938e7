#include "CXLSXWriter.h"

const char *cxlsxwriter_load(cxlsxwriter_functions *functions) {
    static const char *const names[] = {CXLSXWRITER_FUNCTIONS(CLIBRARY_NAME)};
    /* The version whose header we were built with. */
    return clibrary_load("libxlsxwriter.so." LXW_SOVERSION, names, sizeof names / sizeof *names, (void **)functions);
}
