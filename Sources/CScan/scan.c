#include "CScan.h"

#include <string.h>

typedef struct {
    uint64_t delimiters, feeds, returns, quotes;
} masks;

/* Which bits have an odd number of ones at and below them. */
static inline uint64_t prefix_xor(uint64_t bits) {
    for (int shift = 1; shift < 64; shift <<= 1) bits ^= bits << shift;
    return bits;
}

static size_t count_plainly(const uint8_t *bytes, size_t count, uint8_t byte) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) found += bytes[i] == byte;
    return found;
}

/* Eight at once, needed or not: cheaper than asking at each. */
static inline void write_plainly(uint32_t *places, uint32_t at, uint64_t bits) {
    const int count = __builtin_popcountll(bits);
    for (int done = 0; done < count; done += 8) {
        for (int i = 0; i < 8; i++) {
            places[done + i] = at + (bits ? (uint32_t)__builtin_ctzll(bits) : 0);
            bits &= bits - 1;
        }
    }
}

#if defined(__x86_64__)
#include "x86.h"
#elif defined(__aarch64__)
#include "arm.h"
#endif

#if defined(__x86_64__)
static int has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt");
}
#endif

int cscan_best_form(void) {
#if defined(__x86_64__)
    return has_avx2() ? CSCAN_AVX2 : CSCAN_BASELINE;
#elif defined(__aarch64__)
    return CSCAN_BASELINE;
#else
    return CSCAN_PORTABLE;
#endif
}

cscan_found cscan_find(int form, const uint8_t *bytes, uint32_t start, uint32_t end, uint8_t delimiter, uint8_t quote,
                       int checks_utf8, uint32_t *positions, uint32_t position_capacity, uint32_t *breaks,
                       uint32_t *escapes, uint32_t break_capacity) {
#if defined(__x86_64__)
    if (form == CSCAN_AVX2) {
        return find_avx2(bytes, start, end, delimiter, quote, checks_utf8, positions, position_capacity, breaks,
                         escapes, break_capacity);
    }
#endif
#if defined(__x86_64__) || defined(__aarch64__)
    (void)form;
    return find_baseline(bytes, start, end, delimiter, quote, checks_utf8, positions, position_capacity, breaks,
                         escapes, break_capacity);
#else
    /* Never asked for: cscan_best_form says so. */
    __builtin_trap();
#endif
}

cscan_survey cscan_survey_bytes(int form, const uint8_t *bytes, size_t count, uint8_t quote) {
#if defined(__x86_64__)
    if (form == CSCAN_AVX2) return survey_avx2(bytes, count, quote);
#endif
#if defined(__x86_64__) || defined(__aarch64__)
    (void)form;
    return survey_baseline(bytes, count, quote);
#else
    __builtin_trap();
#endif
}

size_t cscan_count(int form, const uint8_t *bytes, size_t count, uint8_t byte) {
#if defined(__x86_64__)
    if (form == CSCAN_AVX2) return count_avx2(bytes, count, byte);
#endif
    (void)form;
    return count_plainly(bytes, count, byte);
}
