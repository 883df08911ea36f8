#include "pixels.h"

#if defined(__x86_64__)

#include <immintrin.h>

// All but the last samples; how many that are.
__attribute__((target("avx2"))) static int32_t halve(const uint8_t *upper, const uint8_t *lower, uint8_t *target,
                                                     int32_t count) {
    const __m256i ones = _mm256_set1_epi8(1), half = _mm256_set1_epi16(2);
    int32_t done = 0;
    for (; done + 32 <= count; done += 32) {
        __m256i sums[2];
        for (int32_t part = 0; part < 2; part++) {
            const int32_t first = 2 * done + 32 * part;
            const __m256i above = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)(upper + first)), ones);
            const __m256i below = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)(lower + first)), ones);
            sums[part] = _mm256_srli_epi16(_mm256_add_epi16(_mm256_add_epi16(above, below), half), 2);
        }
        const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(sums[0], sums[1]), 0xd8);
        _mm256_storeu_si256((__m256i *)(target + done), bytes);
    }
    return done;
}

#endif

void hgw_halve_row(const uint8_t *upper, const uint8_t *lower, uint8_t *target, int32_t count) {
    int32_t done = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) done = halve(upper, lower, target, count);
#endif
    for (; done < count; done++) {
        const int32_t sum = upper[2 * done] + upper[2 * done + 1] + lower[2 * done] + lower[2 * done + 1];
        target[done] = (uint8_t)((sum + 2) >> 2);
    }
}
