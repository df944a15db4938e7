/* What we call of libzip, which reads the archive that a workbook is (Debian's package is libzip-dev). It is loaded when a
 * workbook is first opened: it brings OpenSSL along, whose start takes longer than that of everything else. */
#ifndef CZIP_H
#define CZIP_H

#include <CLibrary.h>
#include <zip.h>

#define CZIP_FUNCTIONS(each)                                                                                         \
    each(zip_open) each(zip_discard) each(zip_get_num_entries) each(zip_get_name) each(zip_name_locate)              \
    each(zip_stat) each(zip_fopen) each(zip_fread) each(zip_fclose) each(zip_strerror) each(zip_file_strerror)       \
    each(zip_error_init_with_code) each(zip_error_fini) each(zip_error_strerror)

typedef struct {
    CZIP_FUNCTIONS(CLIBRARY_FIELD)
} czip_functions;

/* Loads the library and looks its functions up. Returns NULL, or why it is of no use, in the loader's words. */
const char *czip_load(czip_functions *functions);

#endif
