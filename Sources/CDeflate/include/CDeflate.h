#ifndef CDEFLATE_H
#define CDEFLATE_H

#include <stddef.h>

/// The level at which zlib last began to compress on this thread; -1 before the first time.
int cdeflate_last_level(void);

/// How a text began and ended that was compressed.
typedef struct {
    unsigned char head[400], tail[80];
    /// How many bytes of each there are.
    size_t head_count, tail_count;
} cdeflate_text;

/// From now on keeps the ends of every text that is compressed on this thread.
void cdeflate_watch(void);

/// Ends that.
///
/// Returns the texts, in the order in which they began, for the caller to free, and NULL where there are none or no memory
/// was left for them.
cdeflate_text *cdeflate_watched(size_t *count);

#endif
