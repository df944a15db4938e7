/* Columns of short decimal numbers to whole numbers, four fields at a time.
 *
 * For processors with AVX2. For all others, and for every field that is longer or written otherwise, the form in Swift
 * beside whoever calls this reads the same numbers. */
#ifndef CDIGITS_H
#define CDIGITS_H

#include <stdint.h>

/* Where a field lies, counted from `bytes`, and how long it is. The highest bit of the length means nothing here. */
typedef struct {
    uint32_t start, length;
} cdigits_field;

typedef struct {
    uint64_t all;  /* all values laid over each other */
    uint32_t left; /* how many fields are left to the caller */
} cdigits_found;

/* Whether this processor can do it; nothing below may be called if not. */
int cdigits_available(void);

/* Reads fields of up to eight bytes that are digits with a point before the last `decimals` of them and a digit before
 * the point; without a point where `decimals`, at most 6, is 0. values[i] is fields[i] without its point. Of all other
 * fields the value is 0, and left[0 ..< found.left] are their positions, in order. Behind each field 8 bytes can be
 * read. */
cdigits_found cdigits_read(const uint8_t *bytes, const cdigits_field *fields, uint32_t count, uint32_t decimals,
                           int64_t *values, uint32_t *left);

#endif
