/* libzip, which reads the archive that a workbook is; Debian's package is libzip-dev. */
#include <zip.h>
