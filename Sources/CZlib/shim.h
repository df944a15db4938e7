/* zlib, which reads gzip; Debian's package is zlib1g-dev. */
#include <zlib.h>

/* A macro, which Swift cannot call. 15 is the largest window; 16 asks for a gzip header. */
static inline int czlib_begin_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
