#include "CClp.h"

#include <dlfcn.h>
#include <stdio.h>

#define LOOK_UP(name)                                                              \
    do {                                                                           \
        *(void **)&functions->name = dlsym(handle, "Clp_" #name);                  \
        if (functions->name == NULL) return failed(reason, size);                  \
    } while (0)

static int failed(char *reason, size_t size) {
    const char *said = dlerror();
    snprintf(reason, size, "%s", said != NULL ? said : "the loader gives no reason");
    return -1;
}

int cclp_load(const char *library, cclp_functions *functions, char *reason, size_t size) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) return failed(reason, size);
    LOOK_UP(newModel);
    LOOK_UP(deleteModel);
    LOOK_UP(setLogLevel);
    LOOK_UP(loadProblem);
    LOOK_UP(setOptimizationDirection);
    LOOK_UP(setPrimalTolerance);
    LOOK_UP(setDualTolerance);
    LOOK_UP(setMaximumIterations);
    LOOK_UP(primal);
    LOOK_UP(isProvenOptimal);
    LOOK_UP(primalColumnSolution);
    return 0;
}
