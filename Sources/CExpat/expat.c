#include "CExpat.h"

#include <malloc.h>
#include <stdlib.h>

/* The name by which a compiler finds it, and that of the library itself. */
static const char *const libraries[] = {"libexpat.so", "libexpat.so.1"};

const char *cexpat_load(cexpat_functions *functions) {
    static const char *const names[] = {CEXPAT_FUNCTIONS(CLIBRARY_NAME)};
    const char *reason = NULL;
    for (size_t index = 0; index < sizeof libraries / sizeof *libraries; index++) {
        reason = clibrary_load(libraries[index], names, sizeof names / sizeof *names, (void **)functions);
        if (reason == NULL) return NULL;
    }
    return reason;
}

/* What the parser of this thread holds. */
static _Thread_local size_t held;

static void *counted(void *memory) {
    if (memory != NULL) held += malloc_usable_size(memory);
    return memory;
}

static void *take(size_t count) {
    if (count > CEXPAT_MOST_BYTES || held > CEXPAT_MOST_BYTES - count) return NULL;
    return counted(malloc(count));
}

static void *take_more(void *memory, size_t count) {
    size_t before = memory != NULL ? malloc_usable_size(memory) : 0;
    if (count > CEXPAT_MOST_BYTES || (held > before && held - before > CEXPAT_MOST_BYTES - count)) return NULL;
    void *moved = realloc(memory, count);
    if (moved == NULL) return NULL;
    held -= before < held ? before : held;
    return counted(moved);
}

static void give_back(void *memory) {
    if (memory == NULL) return;
    size_t count = malloc_usable_size(memory);
    held -= count < held ? count : held;
    free(memory);
}

XML_Parser cexpat_make(const cexpat_functions *functions) {
    static const XML_Memory_Handling_Suite bounded = {take, take_more, give_back};
    held = 0;
    return functions->XML_ParserCreate_MM(NULL, &bounded, NULL);
}
