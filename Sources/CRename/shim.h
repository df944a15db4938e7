/* renameat2(2), which the Glibc module hides behind _GNU_SOURCE. In glibc since 2.28. */
int renameat2(int old_folder, const char *old_path, int new_folder, const char *new_path, unsigned int flags);
