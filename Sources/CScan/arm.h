#include <arm_neon.h>

/* NEON, which every arm64 processor has. */

typedef struct {
    uint8x16_t any, least;
} baseline_state;

static inline uint64_t equal(const uint8x16_t text[4], uint8_t byte) {
    const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t wanted = vdupq_n_u8(byte);
    uint8x16_t first = vpaddq_u8(vandq_u8(vceqq_u8(text[0], wanted), bit), vandq_u8(vceqq_u8(text[1], wanted), bit));
    uint8x16_t second = vpaddq_u8(vandq_u8(vceqq_u8(text[2], wanted), bit), vandq_u8(vceqq_u8(text[3], wanted), bit));
    uint8x16_t both = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

static inline void load_baseline(masks *found, const uint8_t *bytes, uint8_t delimiter, uint8_t quote,
                                 int checks_utf8, baseline_state *state) {
    (void)checks_utf8;
    uint8x16_t text[4];
    for (int i = 0; i < 4; i++) {
        text[i] = vld1q_u8(bytes + 16 * i);
        state->any = vorrq_u8(state->any, text[i]);
        state->least = vminq_u8(state->least, text[i]);
    }
    found->delimiters = equal(text, delimiter);
    found->feeds = equal(text, '\n');
    found->returns = equal(text, '\r');
    found->quotes = equal(text, quote);
}

static inline uint32_t finish_baseline(const baseline_state *state, int checks_utf8) {
    (void)checks_utf8;
    return (vminvq_u8(state->least) == 0 ? CSCAN_DOUBTFUL : 0) | (vmaxvq_u8(state->any) >= 0x80 ? CSCAN_HIGH : 0);
}

#define CSCAN_NAME find_baseline
#define CSCAN_SURVEY survey_baseline
#define CSCAN_TARGET
#define CSCAN_LOAD load_baseline
#define CSCAN_PREFIX_XOR prefix_xor
#define CSCAN_WRITE write_plainly
#define CSCAN_STATE baseline_state
#define CSCAN_STATE_START {vdupq_n_u8(0), vdupq_n_u8(255)}
#define CSCAN_FINISH finish_baseline
#include "kernel.h"
