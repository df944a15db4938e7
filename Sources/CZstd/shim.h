/* Zstandard; Debian's package is libzstd-dev. */
#include <zstd.h>
