/* mallopt(3) of glibc, which the Glibc module leaves out. */
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Makes room for `bytes` in the heap, and for as many whenever it grows again, and asks the system for large pages there: what
 * is first touched is given and cleared 2 MiB at a time. What lies before the first of them is taken, and never touched. Where
 * the system has no such pages, or no room, all is as it was. To be called where mallopt(3) has said that no memory is to be
 * mapped (M_MMAP_MAX), else the gap is taken elsewhere. */
static inline void cmalloc_begin_with_large_pages(size_t bytes) {
    const uintptr_t page = (uintptr_t)2 << 20;
    mallopt(M_TOP_PAD, (int)bytes);
    uintptr_t end = (uintptr_t)sbrk(0);
    uintptr_t first = (end + page - 1) / page * page;
    /* More than is left at the end of the heap, so that it grows. */
    if (first - end < page / 8) first += page;
    void *volatile gap = malloc(first - end);
    (void)gap;
    uintptr_t grown = (uintptr_t)sbrk(0);
    if (grown > first && grown - first <= 2 * bytes) madvise((void *)first, grown - first, MADV_HUGEPAGE);
}
