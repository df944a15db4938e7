/* Loads a C library when it is first asked for, not with the process: what it brings along is read, linked and begun only in
 * those runs that need it. */
#ifndef CLIBRARY_H
#define CLIBRARY_H

#include <stddef.h>

/* Loads `library` and puts the addresses of its functions `names` into `functions`, in their order. Returns NULL, or the
 * loader's words where the library or one of them is missing; they stand until this thread next asks for a library. The
 * library stays loaded. */
const char *clibrary_load(const char *library, const char *const names[], size_t count, void *functions[]);

/* A field of a structure of functions, by the name and the type that the function's header gives it, and that name. */
#define CLIBRARY_FIELD(name) __typeof__(name) *name;
#define CLIBRARY_NAME(name) #name,

#endif
