#ifndef HGW_WARP_H
#define HGW_WARP_H

#include "pixels.h"

/// From how far away a block's samples come, 16 fractional bits: the first one, what each to the right adds, what each
/// row adds to the first and to what each to the right adds.
typedef struct {
    int32_t x, y, step_x, step_y, down_x, down_y, turn_x, turn_y;
} hgw_grid;

/// The same for 16-bit lanes: sample i lies `x + i * 1024 + part(i, step_x)` right of `column`, in 1/1024.
typedef struct {
    int32_t column, row;
    int32_t x, y;
    /// How many columns and rows its samples lie in, less one.
    int32_t span_x, span_y;
    /// 13 fractional bits.
    int16_t step_x, step_y;
} hgw_row;

/// Steeper rows than this are left to plain C.
#define HGW_GREATEST_SPAN 3

/// What the instruction of this name does: the product of two numbers of 15 fractional bits, rounded.
static inline int32_t hgw_mulhrs(int32_t a, int32_t b) { return (a * b + 0x4000) >> 15; }

/// `i` steps of 13 fractional bits, as 1/1024.
static inline int32_t hgw_part(int32_t i, int16_t step) { return hgw_mulhrs(i * 4096, step); }

/// A whole block well within the source, by vectors; 0 where the processor has none that are known here.
int32_t hgw_vector_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, const hgw_row rows[8]);
int32_t hgw_vector_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v,
                          ptrdiff_t stride, const hgw_row rows[4]);

#endif
