/* Where fields and records of a CSV text end, found 64 bytes at a time.
 *
 * Three forms with one result: AVX2 (chosen when the processor has it), the vectors that every x86-64 or arm64
 * processor has, and a portable one in Swift beside the reader. What none of them can be sure of (a quote where
 * RFC 4180 allows none, a carriage return alone, a NUL, bytes that are no UTF-8) is marked as doubtful and left
 * to libcsv. */
#ifndef CSCAN_H
#define CSCAN_H

#include <stddef.h>
#include <stdint.h>

/* What was met among the bytes looked at. */
enum {
    CSCAN_DOUBTFUL = 1,     /* not plainly RFC 4180, or no text */
    CSCAN_QUOTE = 2,        /* a quote */
    CSCAN_ESCAPE = 4,       /* a doubled quote in a quoted field: see `escapes` */
    CSCAN_RETURN = 8,       /* a carriage return; one without a line feed behind it is doubtful besides */
    CSCAN_QUOTED_FEED = 16, /* a line feed in a quoted field */
    CSCAN_HIGH = 32,        /* a byte outside ASCII whose encoding nobody has checked yet */
};

typedef struct {
    uint32_t positions; /* how many delimiters and line feeds outside quotes were written down */
    uint32_t breaks;    /* how many of them are line feeds */
    uint32_t escapes;   /* how many fields have a doubled quote */
    uint32_t looked_at; /* how far the bytes were looked at, counted as the positions are */
    uint32_t met;       /* CSCAN_... */
} cscan_found;

/* Forms, from the plainest. */
enum { CSCAN_PORTABLE = 0, CSCAN_BASELINE = 1, CSCAN_AVX2 = 2 };

/* The best form that this processor has; CSCAN_PORTABLE if neither is made for it. */
int cscan_best_form(void);

/* Looks at bytes[start ..< end], which begin a record and end with a line feed, until they or the room for 64 more
 * positions, breaks or escapes come to an end. positions[i] is the offset from `bytes` of the i-th delimiter or line
 * feed outside quotes; breaks[j] is the i of the j-th line feed, escapes[k] the i at which the k-th field ends that has
 * a doubled quote; there is room for as many escapes as breaks. Reads nothing outside bytes[start ..< end].
 * `form` is CSCAN_BASELINE or CSCAN_AVX2 and at most cscan_best_form(). */
cscan_found cscan_find(int form, const uint8_t *bytes, uint32_t start, uint32_t end, uint8_t delimiter, uint8_t quote,
                       int checks_utf8, uint32_t *positions, uint32_t position_capacity, uint32_t *breaks,
                       uint32_t *escapes, uint32_t break_capacity);

typedef struct {
    size_t quotes, feeds;
    /* Line feeds outside quotes that end a line which is not blank: if the bytes begin outside quotes, and if inside.
     * What stands before the bytes is taken for something else than a line feed. */
    size_t records[2];
    /* Whether a carriage return stands before another byte than a line feed. One at the end is not judged. */
    int has_lone_return;
} cscan_survey;

/* What has to be known of bytes[0 ..< count] before those that follow can be cut. */
cscan_survey cscan_survey_bytes(int form, const uint8_t *bytes, size_t count, uint8_t quote);

/* How often `byte` stands in bytes[0 ..< count]. */
size_t cscan_count(int form, const uint8_t *bytes, size_t count, uint8_t byte);

#endif
