#include "warp.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE static inline __attribute__((target("avx2"), always_inline))

AVX2_INLINE __m256i both(int32_t low, int32_t high) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_set1_epi16((int16_t)low)), _mm_set1_epi16((int16_t)high), 1);
}

AVX2_INLINE __m256i pair(const uint8_t *low, const uint8_t *high) {
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low)),
                                   _mm_loadu_si128((const __m128i *)high), 1);
}

// As those in plain C; its products have the same rounding.
AVX2_INLINE void cubic_weights(__m256i fraction, __m256i w[4]) {
    const __m256i t15 = _mm256_slli_epi16(fraction, 5), t = _mm256_srli_epi16(t15, 1);
    const __m256i t2 = _mm256_mulhrs_epi16(t15, t), t3 = _mm256_mulhrs_epi16(t15, t2);
    w[0] = _mm256_sub_epi16(t2, _mm256_srai_epi16(_mm256_add_epi16(t, t3), 1));
    w[2] = _mm256_sub_epi16(
        _mm256_add_epi16(_mm256_srai_epi16(_mm256_sub_epi16(t, t3), 1), _mm256_add_epi16(t2, t2)), t3);
    w[3] = _mm256_srai_epi16(_mm256_sub_epi16(t3, t2), 1);
    w[1] = _mm256_sub_epi16(_mm256_set1_epi16(16384), _mm256_add_epi16(w[0], _mm256_add_epi16(w[2], w[3])));
}

// Of the first two samples and of the last two: signed bytes with 7 fractional bits, side by side.
AVX2_INLINE void byte_weights(const __m256i w[4], __m256i *first, __m256i *last) {
    const __m256i round = _mm256_set1_epi16(64), one = _mm256_set1_epi16(128), low = _mm256_set1_epi16(255);
    const __m256i w0 = _mm256_srai_epi16(_mm256_add_epi16(w[0], round), 7);
    const __m256i w3 = _mm256_srai_epi16(_mm256_add_epi16(w[3], round), 7);
    __m256i w2 = _mm256_srai_epi16(_mm256_add_epi16(w[2], round), 7);
    __m256i w1 = _mm256_sub_epi16(one, _mm256_add_epi16(w0, _mm256_add_epi16(w2, w3)));
    const __m256i full1 = _mm256_cmpeq_epi16(w1, one), full2 = _mm256_cmpeq_epi16(w2, one);
    w1 = _mm256_sub_epi16(_mm256_add_epi16(w1, full1), full2);
    w2 = _mm256_sub_epi16(_mm256_add_epi16(w2, full2), full1);
    *first = _mm256_or_si256(_mm256_and_si256(w0, low), _mm256_slli_epi16(w1, 8));
    *last = _mm256_or_si256(_mm256_and_si256(w2, low), _mm256_slli_epi16(w3, 8));
}

// What the source's row `tap` counts for where the samples lie in rows `places`.
AVX2_INLINE __m256i row_weight(const __m256i *weights, int32_t count, __m256i places, int32_t span, int32_t tap) {
    __m256i sum = _mm256_setzero_si256();
    for (int32_t place = 0; place <= span; place++) {
        const int32_t index = tap - place;
        if (index < 0 || index >= count) continue;
        const __m256i here = _mm256_cmpeq_epi16(places, _mm256_set1_epi16((int16_t)place));
        sum = _mm256_or_si256(sum, _mm256_and_si256(here, weights[index]));
    }
    return sum;
}

// Steeper rows than this are left to plain C.
#define GREATEST_SPAN 3

// Two rows' lines in the source: where they begin and the last of them; the weights across and where they belong; in
// which line each sample lies.
typedef struct {
    const uint8_t *low, *high, *low_end, *high_end;
    __m256i first, last, shuffle, shuffle2, places;
} luma_lines;

AVX2_INLINE __m256i luma_sum(const luma_lines *at, ptrdiff_t stride, const __m256i wy[4], int32_t span) {
    const uint8_t *low = at->low, *high = at->high;
    __m256i sum = _mm256_setzero_si256();
    for (int32_t tap = 0; tap < 4 + span; tap++) {
        // of two rows the flatter one may not have so many; then its weights are 0
        const __m256i pixels = tap < 4 ? pair(low, high)
                                       : pair(low > at->low_end ? at->low_end : low, high > at->high_end ? at->high_end : high);
        const __m256i across = _mm256_adds_epi16(_mm256_maddubs_epi16(_mm256_shuffle_epi8(pixels, at->shuffle), at->first),
                                                 _mm256_maddubs_epi16(_mm256_shuffle_epi8(pixels, at->shuffle2), at->last));
        const __m256i weight = span == 0 ? wy[tap] : row_weight(wy, 4, at->places, span, tap);
        sum = _mm256_add_epi16(sum, _mm256_mulhrs_epi16(across, weight));
        low += stride;
        high += stride;
    }
    return sum;
}

// The block's rows from a, a + 1: one in each half of the vectors.
AVX2_INLINE void luma_rows(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, const hgw_rows *rows, int32_t a) {
    const int32_t b = a + 1;
    const __m256i lanes = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i parts = _mm256_slli_epi16(lanes, 12), mask = _mm256_set1_epi16(1023);
    __m256i x = _mm256_add_epi16(both(rows->x[a], rows->x[b]), _mm256_slli_epi16(lanes, 10));
    x = _mm256_add_epi16(x, _mm256_mulhrs_epi16(parts, both(rows->step_x[a], rows->step_x[b])));
    const __m256i y = _mm256_add_epi16(both(rows->y[a], rows->y[b]), _mm256_mulhrs_epi16(parts, both(rows->step_y[a], rows->step_y[b])));
    __m256i wx[4], wy[4], first, last;
    cubic_weights(_mm256_and_si256(x, mask), wx);
    byte_weights(wx, &first, &last);
    cubic_weights(_mm256_and_si256(y, mask), wy);
    const __m256i column = _mm256_srai_epi16(x, 10);
    const __m256i shuffle = _mm256_add_epi16(_mm256_or_si256(column, _mm256_slli_epi16(column, 8)), _mm256_set1_epi16(0x0100));
    const int32_t span = rows->span_y[a] > rows->span_y[b] ? rows->span_y[a] : rows->span_y[b];
    const uint8_t *const end = source->samples + (source->height - 1) * source->stride - 1;
    const luma_lines lines = {
        .low = source->samples + (rows->row[a] - 1) * source->stride + rows->column[a] - 1,
        .high = source->samples + (rows->row[b] - 1) * source->stride + rows->column[b] - 1,
        .low_end = end + rows->column[a],
        .high_end = end + rows->column[b],
        .first = first,
        .last = last,
        .shuffle = shuffle,
        .shuffle2 = _mm256_add_epi16(shuffle, _mm256_set1_epi16(0x0202)),
        .places = _mm256_srai_epi16(y, 10),
    };
    // compilers unroll what is known; steeper rows are rare
    __m256i sum;
    switch (span) {
    case 0: sum = luma_sum(&lines, source->stride, wy, 0); break;
    case 1: sum = luma_sum(&lines, source->stride, wy, 1); break;
    default: sum = luma_sum(&lines, source->stride, wy, span);
    }
    sum = _mm256_srai_epi16(_mm256_add_epi16(sum, _mm256_set1_epi16(32)), 6);
    const __m256i bytes = _mm256_packus_epi16(sum, sum);
    _mm_storel_epi64((__m128i *)target, _mm256_castsi256_si128(bytes));
    _mm_storel_epi64((__m128i *)(target + stride), _mm256_extracti128_si256(bytes, 1));
}

AVX2 static int32_t luma_block(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y,
                               const hgw_grid *moves) {
    hgw_rows rows;
    hgw_lay(moves, x, y, 8, 7, &rows);
    int32_t fits = 1;
    for (int32_t j = 0; j < 8; j++) {
        fits &= (rows.column[j] >= 1) & (rows.column[j] + rows.span_x[j] + 2 < source->width) & (rows.row[j] >= 1) &
                (rows.row[j] + rows.span_y[j] + 2 < source->height) & (rows.span_x[j] <= 12) &
                (rows.span_y[j] <= GREATEST_SPAN);
    }
    if (!fits) return 0;
    for (int32_t j = 0; j < 8; j += 2) luma_rows(source, target + j * stride, stride, &rows, j);
    return 1;
}

AVX2_INLINE __m128i eights(const uint8_t *low, const uint8_t *high) {
    return _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)low), _mm_loadl_epi64((const __m128i *)high));
}

AVX2_INLINE __m256i fours(int32_t low, int32_t high) {
    const __m128i lanes = _mm_unpacklo_epi64(_mm_set1_epi16((int16_t)low), _mm_set1_epi16((int16_t)high));
    return _mm256_broadcastsi128_si256(lanes);
}

// Two rows of four samples in each half: u in the lower one, v in the upper one.
AVX2_INLINE void chroma_rows(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v, ptrdiff_t stride,
                        const hgw_rows *rows, int32_t a) {
    const int32_t b = a + 1;
    const __m256i lanes = _mm256_setr_epi16(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
    const __m256i parts = _mm256_slli_epi16(lanes, 12), mask = _mm256_set1_epi16(1023);
    __m256i x = _mm256_add_epi16(fours(rows->x[a], rows->x[b]), _mm256_slli_epi16(lanes, 10));
    x = _mm256_add_epi16(x, _mm256_mulhrs_epi16(parts, fours(rows->step_x[a], rows->step_x[b])));
    const __m256i y = _mm256_add_epi16(fours(rows->y[a], rows->y[b]), _mm256_mulhrs_epi16(parts, fours(rows->step_y[a], rows->step_y[b])));
    const __m256i right = _mm256_srai_epi16(_mm256_add_epi16(_mm256_and_si256(x, mask), _mm256_set1_epi16(8)), 4);
    const __m256i across = _mm256_or_si256(_mm256_sub_epi16(_mm256_set1_epi16(64), right), _mm256_slli_epi16(right, 8));
    const __m256i below = _mm256_slli_epi16(_mm256_and_si256(y, mask), 4);
    const __m256i down[2] = {_mm256_sub_epi16(_mm256_set1_epi16(16384), below), below};
    // the second row's bytes lie 8 further on
    const __m256i column = _mm256_add_epi16(_mm256_srai_epi16(x, 10), fours(0, 8)), places = _mm256_srai_epi16(y, 10);
    const __m256i shuffle = _mm256_add_epi16(_mm256_or_si256(column, _mm256_slli_epi16(column, 8)), _mm256_set1_epi16(0x0100));
    const int32_t span = rows->span_y[a] > rows->span_y[b] ? rows->span_y[a] : rows->span_y[b];
    const ptrdiff_t first = rows->row[a] * u->stride + rows->column[a], second = rows->row[b] * u->stride + rows->column[b];
    __m256i sum = _mm256_setzero_si256();
    for (int32_t tap = 0; tap < 2 + span; tap++) {
        const ptrdiff_t skip = tap * u->stride;
        const __m256i pixels = _mm256_inserti128_si256(
            _mm256_castsi128_si256(eights(u->samples + first + skip, u->samples + second + skip)),
            eights(v->samples + first + skip, v->samples + second + skip), 1);
        const __m256i row = _mm256_maddubs_epi16(_mm256_shuffle_epi8(pixels, shuffle), across);
        sum = _mm256_add_epi16(sum, _mm256_mulhrs_epi16(row, span == 0 ? down[tap] : row_weight(down, 2, places, span, tap)));
    }
    sum = _mm256_srai_epi16(_mm256_add_epi16(sum, _mm256_set1_epi16(16)), 5);
    const __m256i bytes = _mm256_packus_epi16(sum, sum);
    const uint64_t us = (uint64_t)_mm256_extract_epi64(bytes, 0), vs = (uint64_t)_mm256_extract_epi64(bytes, 2);
    const uint32_t parts4[4] = {(uint32_t)us, (uint32_t)(us >> 32), (uint32_t)vs, (uint32_t)(vs >> 32)};
    __builtin_memcpy(target_u, &parts4[0], 4);
    __builtin_memcpy(target_u + stride, &parts4[1], 4);
    __builtin_memcpy(target_v, &parts4[2], 4);
    __builtin_memcpy(target_v + stride, &parts4[3], 4);
}

AVX2 static int32_t chroma_block(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v,
                                 ptrdiff_t stride, int32_t x, int32_t y, const hgw_grid *moves) {
    hgw_rows rows;
    hgw_lay(moves, x, y, 4, 3, &rows);
    int32_t fits = 1;
    for (int32_t j = 0; j < 4; j++) {
        fits &= (rows.column[j] >= 0) & (rows.column[j] + rows.span_x[j] + 1 < u->width) & (rows.row[j] >= 0) &
                (rows.row[j] + GREATEST_SPAN + 1 < u->height) & (rows.span_x[j] <= 6) &
                (rows.span_y[j] <= GREATEST_SPAN);
    }
    if (!fits) return 0;
    chroma_rows(u, v, target_u, target_v, stride, &rows, 0);
    chroma_rows(u, v, target_u + 2 * stride, target_v + 2 * stride, stride, &rows, 2);
    return 1;
}

int32_t hgw_vector_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y,
                        const hgw_grid *moves) {
    return __builtin_cpu_supports("avx2") ? luma_block(source, target, stride, x, y, moves) : 0;
}

int32_t hgw_vector_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v,
                          ptrdiff_t stride, int32_t x, int32_t y, const hgw_grid *moves) {
    return __builtin_cpu_supports("avx2") ? chroma_block(u, v, target_u, target_v, stride, x, y, moves) : 0;
}

#else

int32_t hgw_vector_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y,
                        const hgw_grid *moves) {
    return 0;
}

int32_t hgw_vector_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v,
                          ptrdiff_t stride, int32_t x, int32_t y, const hgw_grid *moves) {
    return 0;
}

#endif
