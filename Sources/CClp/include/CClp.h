/* What we call of the C interface of COIN-OR's linear programming solver (Debian's package is coinor-libclp-dev).
 *
 * The library is loaded when it is first asked for, not with the process: only the benefit of the doubt needs it, and
 * what it brings along (LAPACK, Fortran's runtime) makes the start of every process slower, and every printf too, since
 * libquadmath puts a hook into it. */
#ifndef CCLP_H
#define CCLP_H

#include <CLibrary.h>
#include <coin/Clp_C_Interface.h>

#define CCLP_FUNCTIONS(each)                                                                                         \
    each(Clp_newModel) each(Clp_deleteModel) each(Clp_setLogLevel) each(Clp_loadProblem)                             \
    each(Clp_setOptimizationDirection) each(Clp_setPrimalTolerance) each(Clp_setDualTolerance)                       \
    each(Clp_setMaximumIterations) each(Clp_primal) each(Clp_isProvenOptimal) each(Clp_primalColumnSolution)

typedef struct {
    CCLP_FUNCTIONS(CLIBRARY_FIELD)
} cclp_functions;

/* Loads `library` and looks its functions up. Returns NULL, or why it is of no use, in the loader's words. */
const char *cclp_load(const char *library, cclp_functions *functions);

#endif
