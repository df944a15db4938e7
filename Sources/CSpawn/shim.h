/* What a program that is started may be told, and the Glibc module hides behind _GNU_SOURCE. In glibc since 2.34. */
#include <spawn.h>
int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
