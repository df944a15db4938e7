#include <immintrin.h>

#include "places.h"

#define AVX2 __attribute__((target("avx2,bmi,bmi2,pclmul,popcnt,lzcnt")))

/* SSE2, which every x86-64 processor has. */

typedef struct {
    __m128i any, least;
} baseline_state;

static inline void load_baseline(masks *found, const uint8_t *bytes, uint8_t delimiter, uint8_t quote,
                                 int checks_utf8, baseline_state *state) {
    (void)checks_utf8;
    const __m128i delimiters = _mm_set1_epi8((char)delimiter), quotes = _mm_set1_epi8((char)quote);
    const __m128i feeds = _mm_set1_epi8('\n'), returns = _mm_set1_epi8('\r');
    *found = (masks){0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        __m128i text = _mm_loadu_si128((const __m128i *)(bytes + 16 * i));
        state->any = _mm_or_si128(state->any, text);
        state->least = _mm_min_epu8(state->least, text);
        found->delimiters |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, delimiters)) << (16 * i);
        found->feeds |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, feeds)) << (16 * i);
        found->returns |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, returns)) << (16 * i);
        found->quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, quotes)) << (16 * i);
    }
}

static inline uint32_t finish_baseline(const baseline_state *state, int checks_utf8) {
    (void)checks_utf8;
    uint32_t met = 0;
    if (_mm_movemask_epi8(_mm_cmpeq_epi8(state->least, _mm_setzero_si128()))) met |= CSCAN_DOUBTFUL;
    if (_mm_movemask_epi8(state->any)) met |= CSCAN_HIGH;
    return met;
}

#define CSCAN_NAME find_baseline
#define CSCAN_SURVEY survey_baseline
#define CSCAN_TARGET
#define CSCAN_LOAD load_baseline
#define CSCAN_PREFIX_XOR prefix_xor
#define CSCAN_WRITE write_plainly
#define CSCAN_STATE baseline_state
#define CSCAN_STATE_START {_mm_setzero_si128(), _mm_set1_epi8(-1)}
#define CSCAN_FINISH finish_baseline
#include "kernel.h"

/* AVX2. UTF-8 is checked here too, by the three table look-ups of
 * J. Keiser, D. Lemire: Validating UTF-8 In Less Than One Instruction Per Byte, Softw. Pract. Exp. 51 (2021). */

typedef struct {
    __m256i least, before, cut, flaws;
} avx2_state;

AVX2 static inline __m256i shifted_in(__m256i text, __m256i before, const int count) {
    __m256i middle = _mm256_permute2x128_si256(before, text, 0x21);
    switch (count) {
    case 1: return _mm256_alignr_epi8(text, middle, 15);
    case 2: return _mm256_alignr_epi8(text, middle, 14);
    default: return _mm256_alignr_epi8(text, middle, 13);
    }
}

AVX2 static inline __m256i looked_up(__m256i nibbles, __m128i table) {
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), nibbles);
}

/* The ways in which two bytes in a row can be wrong; TWO_CONTINUATIONS is right where a longer character goes on. */
enum {
    TOO_SHORT = 1 << 0,
    TOO_LONG = 1 << 1,
    OVERLONG_3 = 1 << 2,
    TOO_LARGE = 1 << 3,
    SURROGATE = 1 << 4,
    OVERLONG_2 = 1 << 5,
    TOO_LARGE_1000 = 1 << 6,
    OVERLONG_4 = 1 << 6,
    TWO_CONTINUATIONS = 1 << 7,
    CARRY = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
};

AVX2 static inline __m256i utf8_flaws(__m256i text, __m256i before) {
    const __m128i first_high = _mm_setr_epi8(
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, (char)TWO_CONTINUATIONS,
        (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, (char)TWO_CONTINUATIONS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
        TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4);
    const __m128i first_low = _mm_setr_epi8(
        (char)(CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4), (char)(CARRY | OVERLONG_2), (char)CARRY, (char)CARRY,
        (char)(CARRY | TOO_LARGE), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE),
        (char)(CARRY | TOO_LARGE | TOO_LARGE_1000), (char)(CARRY | TOO_LARGE | TOO_LARGE_1000));
    const __m128i second_high = _mm_setr_epi8(
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4),
        (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | OVERLONG_3 | TOO_LARGE),
        (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE),
        (char)(TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS | SURROGATE | TOO_LARGE), TOO_SHORT, TOO_SHORT, TOO_SHORT,
        TOO_SHORT);
    const __m256i low = _mm256_set1_epi8(0x0F), top = _mm256_set1_epi8((char)0x80);
    __m256i one_before = shifted_in(text, before, 1);
    __m256i cases = _mm256_and_si256(
        _mm256_and_si256(looked_up(_mm256_and_si256(_mm256_srli_epi16(one_before, 4), low), first_high),
                         looked_up(_mm256_and_si256(one_before, low), first_low)),
        looked_up(_mm256_and_si256(_mm256_srli_epi16(text, 4), low), second_high));
    __m256i third = _mm256_subs_epu8(shifted_in(text, before, 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
    __m256i fourth = _mm256_subs_epu8(shifted_in(text, before, 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
    __m256i must_continue = _mm256_and_si256(_mm256_or_si256(third, fourth), top);
    return _mm256_xor_si256(must_continue, cases);
}

/* Not zero where the last bytes begin a character that goes on behind them. */
AVX2 static inline __m256i cut_character(__m256i text) {
    const __m256i most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                          -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, (char)(0xF0 - 1), (char)(0xE0 - 1),
                                          (char)(0xC0 - 1));
    return _mm256_subs_epu8(text, most);
}

AVX2 static inline uint64_t equal(__m256i low, __m256i high, __m256i byte) {
    uint64_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, byte));
    uint64_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, byte));
    return first | (second << 32);
}

AVX2 static inline void load_avx2(masks *found, const uint8_t *bytes, uint8_t delimiter, uint8_t quote,
                                  int checks_utf8, avx2_state *state) {
    __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
    __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
    found->delimiters = equal(low, high, _mm256_set1_epi8((char)delimiter));
    found->feeds = equal(low, high, _mm256_set1_epi8('\n'));
    found->returns = equal(low, high, _mm256_set1_epi8('\r'));
    found->quotes = equal(low, high, _mm256_set1_epi8((char)quote));
    state->least = _mm256_min_epu8(state->least, _mm256_min_epu8(low, high));
    if (!checks_utf8) return;
    if (_mm256_movemask_epi8(_mm256_or_si256(low, high))) {
        state->flaws = _mm256_or_si256(state->flaws, utf8_flaws(low, state->before));
        state->flaws = _mm256_or_si256(state->flaws, utf8_flaws(high, low));
        state->cut = cut_character(high);
    } else {
        state->flaws = _mm256_or_si256(state->flaws, state->cut);
        state->cut = _mm256_setzero_si256();
    }
    state->before = high;
}

/* A character that is cut where looking stopped is looked at again from its record's beginning. */
AVX2 static inline uint32_t finish_avx2(const avx2_state *state, int checks_utf8) {
    (void)checks_utf8;
    __m256i nul = _mm256_cmpeq_epi8(state->least, _mm256_setzero_si256());
    int isDoubtful = _mm256_movemask_epi8(nul) != 0 || !_mm256_testz_si256(state->flaws, state->flaws);
    return isDoubtful ? CSCAN_DOUBTFUL : 0;
}

AVX2 static inline uint64_t prefix_xor_avx2(uint64_t bits) {
    __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}

/* Eight at once, needed or not. */
AVX2 static inline void write_avx2(uint32_t *places, uint32_t at, uint64_t bits) {
    __m256i base = _mm256_set1_epi32((int)at);
    for (int i = 0; i < 8; i++) {
        __m128i found = _mm_loadl_epi64((const __m128i *)&bit_places[bits & 0xFF]);
        _mm256_storeu_si256((__m256i *)places, _mm256_add_epi32(_mm256_cvtepu8_epi32(found), base));
        places += _mm_popcnt_u64(bits & 0xFF);
        base = _mm256_add_epi32(base, _mm256_set1_epi32(8));
        bits >>= 8;
    }
}

#define CSCAN_NAME find_avx2
#define CSCAN_SURVEY survey_avx2
#define CSCAN_TARGET AVX2
#define CSCAN_LOAD load_avx2
#define CSCAN_PREFIX_XOR prefix_xor_avx2
#define CSCAN_WRITE write_avx2
#define CSCAN_STATE avx2_state
#define CSCAN_STATE_START                                                                                            \
    {_mm256_set1_epi8(-1), _mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()}
#define CSCAN_FINISH finish_avx2
#include "kernel.h"

AVX2 static size_t count_avx2(const uint8_t *bytes, size_t count, uint8_t byte) {
    const __m256i wanted = _mm256_set1_epi8((char)byte), zero = _mm256_setzero_si256();
    __m256i sums = zero;
    size_t at = 0;
    while (count - at >= 32) {
        /* Counters of a byte hold 255. */
        __m256i here = zero;
        for (int i = 0; i < 255 && count - at >= 32; i++, at += 32) {
            __m256i text = _mm256_loadu_si256((const __m256i *)(bytes + at));
            here = _mm256_sub_epi8(here, _mm256_cmpeq_epi8(text, wanted));
        }
        sums = _mm256_add_epi64(sums, _mm256_sad_epu8(here, zero));
    }
    uint64_t parts[4];
    _mm256_storeu_si256((__m256i *)parts, sums);
    return parts[0] + parts[1] + parts[2] + parts[3] + count_plainly(bytes + at, count - at, byte);
}
