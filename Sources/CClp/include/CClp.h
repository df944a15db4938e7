/* What we call of the C interface of COIN-OR's linear programming solver (Debian's package is coinor-libclp-dev).
 *
 * The library is loaded when it is first asked for, not with the process: only the benefit of the doubt needs it, and
 * what it brings along (LAPACK, Fortran's runtime) makes the start of every process slower, and every printf too, since
 * libquadmath puts a hook into it. */
#ifndef CCLP_H
#define CCLP_H

#include <coin/Clp_C_Interface.h>
#include <stddef.h>

/* The functions, by the names and types that their header gives them. */
typedef struct {
    __typeof__(Clp_newModel) *newModel;
    __typeof__(Clp_deleteModel) *deleteModel;
    __typeof__(Clp_setLogLevel) *setLogLevel;
    __typeof__(Clp_loadProblem) *loadProblem;
    __typeof__(Clp_setOptimizationDirection) *setOptimizationDirection;
    __typeof__(Clp_setPrimalTolerance) *setPrimalTolerance;
    __typeof__(Clp_setDualTolerance) *setDualTolerance;
    __typeof__(Clp_setMaximumIterations) *setMaximumIterations;
    __typeof__(Clp_primal) *primal;
    __typeof__(Clp_isProvenOptimal) *isProvenOptimal;
    __typeof__(Clp_primalColumnSolution) *primalColumnSolution;
} cclp_functions;

/* Loads `library` and looks its functions up. Returns 0, or -1 where the library or one of them is missing; then
 * `reason`, of `size` bytes, is what the loader says of it. The library stays loaded. */
int cclp_load(const char *library, cclp_functions *functions, char *reason, size_t size);

#endif
