// Workbooks are packed by libxlsxwriter at zlib's usual level, 6, and it has no setting for another. Level 2 takes a quarter of
// the time and makes the file a seventh larger. The first of these functions stands in front of zlib's own in this process: the
// dynamic linker finds it first. Where a system links otherwise, zlib's is used and nothing but the time changes.
//
// The second sees what is compressed, which tells whether a part of a workbook is whole; where it does not, the workbook is
// read back.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "CDeflate.h"

static const int quick_level = 2;
static _Thread_local int last_level = -1;

static _Thread_local struct {
    int is_on, is_short;
    cdeflate_text *texts;
    size_t count, capacity;
} watch;

int cdeflate_last_level(void) { return last_level; }

typedef int begin_deflate(z_streamp, int, int, int, int, int, const char *, int);
typedef int go_on_deflate(z_streamp, int);

/// The function of zlib itself; which of several threads looks it up first makes no difference.
static void *own(const char *name, void **kept) {
    void *known = __atomic_load_n(kept, __ATOMIC_RELAXED);
    if (!known) {
        known = dlsym(RTLD_NEXT, name);
        __atomic_store_n(kept, known, __ATOMIC_RELAXED);
    }
    return known;
}

static void begin_text(void) {
    if (watch.count == watch.capacity) {
        size_t capacity = watch.capacity * 2 + 64;
        cdeflate_text *texts = realloc(watch.texts, capacity * sizeof *texts);
        if (!texts) {
            watch.is_short = 1;
            return;
        }
        watch.texts = texts;
        watch.capacity = capacity;
    }
    memset(&watch.texts[watch.count++], 0, sizeof *watch.texts);
}

static void keep_ends(const unsigned char *bytes, size_t count) {
    if (watch.count == 0) return;
    cdeflate_text *text = &watch.texts[watch.count - 1];
    size_t room = sizeof text->head - text->head_count;
    size_t first = count < room ? count : room;
    memcpy(text->head + text->head_count, bytes, first);
    text->head_count += first;
    if (count >= sizeof text->tail) {
        memcpy(text->tail, bytes + count - sizeof text->tail, sizeof text->tail);
        text->tail_count = sizeof text->tail;
        return;
    }
    size_t left = sizeof text->tail - count;
    if (left > text->tail_count) left = text->tail_count;
    memmove(text->tail, text->tail + text->tail_count - left, left);
    memcpy(text->tail + left, bytes, count);
    text->tail_count = left + count;
}

int deflateInit2_(z_streamp stream, int level, int method, int window_bits, int memory_level, int strategy,
                  const char *version, int stream_size) {
    static void *kept;
    begin_deflate *begin = (begin_deflate *)own("deflateInit2_", &kept);
    if (!begin) return Z_STREAM_ERROR;
    if (level == Z_DEFAULT_COMPRESSION) level = quick_level;
    last_level = level;
    if (watch.is_on) begin_text();
    return begin(stream, level, method, window_bits, memory_level, strategy, version, stream_size);
}

int deflate(z_streamp stream, int flush) {
    static void *kept;
    go_on_deflate *go_on = (go_on_deflate *)own("deflate", &kept);
    if (!go_on) return Z_STREAM_ERROR;
    const unsigned char *bytes = stream ? stream->next_in : NULL;
    size_t before = stream ? stream->avail_in : 0;
    int code = go_on(stream, flush);
    if (watch.is_on && stream && before > stream->avail_in) keep_ends(bytes, before - stream->avail_in);
    return code;
}

void cdeflate_watch(void) {
    free(watch.texts);
    memset(&watch, 0, sizeof watch);
    watch.is_on = 1;
}

cdeflate_text *cdeflate_watched(size_t *count) {
    cdeflate_text *texts = watch.texts;
    *count = watch.count;
    if (watch.is_short) {
        free(texts);
        texts = NULL;
        *count = 0;
    }
    memset(&watch, 0, sizeof watch);
    return texts;
}
