#include "CLibrary.h"

#include <dlfcn.h>

static const char *words(void) {
    const char *said = dlerror();
    return said != NULL ? said : "the loader gives no reason";
}

const char *clibrary_load(const char *library, const char *const names[], size_t count, void *functions[]) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return words();
    for (size_t index = 0; index < count; index++) {
        functions[index] = dlsym(handle, names[index]);
        if (functions[index] == NULL) return words();
    }
    return NULL;
}
