#ifndef CDEFLATE_H
#define CDEFLATE_H

/// The level at which zlib last began to compress on this thread; -1 before the first time.
int cdeflate_last_level(void);

#endif
