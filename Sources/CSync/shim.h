/* syncfs(2), which the Glibc module hides behind _GNU_SOURCE, and statfs(2), which it leaves out. */
#include <sys/statfs.h>
int syncfs(int descriptor);
