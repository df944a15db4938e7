// Workbooks are packed by libxlsxwriter at zlib's usual level, 6, and it has no setting for another. Level 2 takes a quarter of
// the time and makes the file a seventh larger. This function stands in front of zlib's own in this process: the dynamic linker
// finds it first. Where a system links otherwise, zlib's is used and nothing but the time changes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <zlib.h>

#include "CDeflate.h"

static const int quick_level = 2;
static _Thread_local int last_level = -1;

int cdeflate_last_level(void) { return last_level; }

typedef int begin_deflate(z_streamp, int, int, int, int, int, const char *, int);

int deflateInit2_(z_streamp stream, int level, int method, int window_bits, int memory_level, int strategy,
                  const char *version, int stream_size) {
    begin_deflate *begin = (begin_deflate *)dlsym(RTLD_NEXT, "deflateInit2_");
    if (!begin) return Z_STREAM_ERROR;
    if (level == Z_DEFAULT_COMPRESSION) level = quick_level;
    last_level = level;
    return begin(stream, level, method, window_bits, memory_level, strategy, version, stream_size);
}
