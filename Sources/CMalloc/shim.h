/* mallopt(3) of glibc, which the Glibc module leaves out. */
#include <malloc.h>
