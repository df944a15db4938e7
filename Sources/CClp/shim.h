/* The C interface of COIN-OR's linear programming solver; Debian's package is coinor-libclp-dev. */
#include <coin/Clp_C_Interface.h>
