/* libxlsxwriter, which writes workbooks; Debian's package is libxlsxwriter-dev. */
#include <xlsxwriter.h>
