#include "CDigits.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

int cdigits_available(void) { return __builtin_cpu_supports("avx2") != 0; }

static inline long long word(const uint8_t *bytes, cdigits_field field) {
    long long word;
    memcpy(&word, bytes + field.start, sizeof word);
    return word;
}

/* Four fields of eight digits each, the first in the lowest byte, to their numbers. */
AVX2 static inline __m256i numbers(__m256i digits) {
    const __m256i tens = _mm256_set1_epi16(1 << 8 | 10), hundreds = _mm256_set1_epi32(1 << 16 | 100);
    __m256i fours = _mm256_madd_epi16(_mm256_maddubs_epi16(digits, tens), hundreds);
    return _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)), _mm256_srli_epi64(fours, 32));
}

AVX2 cdigits_found cdigits_read(const uint8_t *bytes, const cdigits_field *fields, uint32_t count, uint32_t decimals,
                                int64_t *values, uint32_t *left) {
    /* A field is moved to the upper end of its eight bytes, so that the point has one place in all of them. */
    const int place = 56 - 8 * (int)decimals;
    const __m256i zeros = _mm256_set1_epi8('0'), nines = _mm256_set1_epi8(9), none = _mm256_setzero_si256();
    const __m256i point_place = _mm256_set1_epi64x(decimals ? (long long)(UINT64_C(0xFF) << place) : 0);
    const __m256i point = _mm256_set1_epi64x(decimals ? (long long)((uint64_t)('.' ^ '0') << place) : 0);
    const __m256i before = _mm256_set1_epi64x(decimals ? (long long)((UINT64_C(1) << place) - 1) : 0);
    const __m256i least = _mm256_set1_epi64x(decimals ? decimals + 2 : 1), most = _mm256_set1_epi64x(8);
    const __m256i length_bits = _mm256_set1_epi64x(0x7FFFFFFF), width = _mm256_set1_epi64x(64);
    __m256i all = none;
    uint32_t left_count = 0;
    for (uint32_t at = 0; at < count; at += 4) {
        cdigits_field last[4];
        const cdigits_field *four = fields + at;
        const uint32_t here = count - at < 4 ? count - at : 4;
        if (here < 4) {
            /* Once more what is there, so that nothing else is read. */
            for (uint32_t i = 0; i < 4; i++) last[i] = four[i < here ? i : 0];
            four = last;
        }
        __m256i length = _mm256_srli_epi64(_mm256_loadu_si256((const __m256i *)four), 32);
        length = _mm256_and_si256(length, length_bits);
        __m256i text = _mm256_set_epi64x(word(bytes, four[3]), word(bytes, four[2]), word(bytes, four[1]),
                                         word(bytes, four[0]));
        __m256i digits = _mm256_sllv_epi64(_mm256_xor_si256(text, zeros),
                                           _mm256_sub_epi64(width, _mm256_slli_epi64(length, 3)));
        __m256i odd = _mm256_or_si256(_mm256_cmpgt_epi64(least, length), _mm256_cmpgt_epi64(length, most));
        odd = _mm256_or_si256(odd, _mm256_xor_si256(_mm256_and_si256(digits, point_place), point));
        __m256i whole = _mm256_andnot_si256(_mm256_or_si256(before, point_place), digits);
        whole = _mm256_or_si256(whole, _mm256_slli_epi64(_mm256_and_si256(digits, before), 8));
        odd = _mm256_or_si256(odd, _mm256_subs_epu8(whole, nines));
        __m256i value = numbers(whole);
        __m256i even = _mm256_cmpeq_epi64(odd, none);
        value = _mm256_and_si256(value, even);
        all = _mm256_or_si256(all, value);
        uint32_t odd_bits = ~(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(even)) & ((1u << here) - 1);
        while (odd_bits) {
            left[left_count++] = at + (uint32_t)__builtin_ctz(odd_bits);
            odd_bits &= odd_bits - 1;
        }
        if (here == 4) {
            _mm256_storeu_si256((__m256i *)(values + at), value);
        } else {
            int64_t kept[4];
            _mm256_storeu_si256((__m256i *)kept, value);
            memcpy(values + at, kept, here * sizeof *kept);
        }
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, all);
    return (cdigits_found){.all = parts[0] | parts[1] | parts[2] | parts[3], .left = left_count};
}
#else
int cdigits_available(void) { return 0; }

cdigits_found cdigits_read(const uint8_t *bytes, const cdigits_field *fields, uint32_t count, uint32_t decimals,
                           int64_t *values, uint32_t *left) {
    (void)bytes, (void)fields, (void)count, (void)decimals, (void)values, (void)left;
    __builtin_trap();
}
#endif
