#ifndef HGW_WARP_H
#define HGW_WARP_H

#include "pixels.h"

/// From how far away a block's samples come, 16 fractional bits: the first one, what each to the right adds, what each
/// row adds to the first and to what each to the right adds.
typedef struct {
    int32_t x, y, step_x, step_y, down_x, down_y, turn_x, turn_y;
} hgw_grid;

/// The same for the rows of a block and for 16-bit lanes: sample i of row j lies `x[j] + i * 1024 + part(i, step_x[j])`
/// right of `column[j]`, in 1/1024.
typedef struct {
    int32_t column[8], row[8];
    int32_t x[8], y[8];
    /// How many columns and rows a row's samples lie in, less one.
    int32_t span_x[8], span_y[8];
    /// 13 fractional bits.
    int32_t step_x[8], step_y[8];
} hgw_rows;

/// What the instruction of this name does: the product of two numbers of 15 fractional bits, rounded.
static inline int32_t hgw_mulhrs(int32_t a, int32_t b) { return (a * b + 0x4000) >> 15; }

/// `i` steps of 13 fractional bits, as 1/1024.
static inline int32_t hgw_part(int32_t i, int32_t step) { return hgw_mulhrs(i * 4096, step); }

static inline int32_t hgw_step13(int32_t step16) {
    const int32_t step = step16 >> 3;
    return step < -32000 ? -32000 : step > 32000 ? 32000 : step;
}

/// The rows of a block whose first sample is x, y and whose rows end with sample `last`. Inline, for whoever calls it may
/// have vectors that do all rows at once.
static inline __attribute__((always_inline)) void hgw_lay(const hgw_grid *moves, int32_t x, int32_t y, int32_t count,
                                                          int32_t last, hgw_rows *rows) {
    const hgw_grid grid = *moves;
    for (int32_t j = 0; j < count; j++) {
        const int32_t step_x = hgw_step13(grid.step_x + grid.turn_x * j);
        const int32_t step_y = hgw_step13(grid.step_y + grid.turn_y * j);
        const int32_t at_x = x * 1024 + ((grid.x + grid.down_x * j) >> 6);
        const int32_t at_y = (y + j) * 1024 + ((grid.y + grid.down_y * j) >> 6);
        const int32_t end_x = at_x + last * 1024 + hgw_part(last, step_x), end_y = at_y + hgw_part(last, step_y);
        const int32_t column = (at_x < end_x ? at_x : end_x) >> 10, row = (at_y < end_y ? at_y : end_y) >> 10;
        rows->step_x[j] = step_x;
        rows->step_y[j] = step_y;
        rows->column[j] = column;
        rows->row[j] = row;
        rows->x[j] = at_x - column * 1024;
        rows->y[j] = at_y - row * 1024;
        rows->span_x[j] = ((at_x > end_x ? at_x : end_x) >> 10) - column;
        rows->span_y[j] = ((at_y > end_y ? at_y : end_y) >> 10) - row;
    }
}

/// A whole block well within the source, by vectors; 0 where it isn't, or the processor has none that are known here.
int32_t hgw_vector_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y,
                        const hgw_grid *moves);
int32_t hgw_vector_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v,
                          ptrdiff_t stride, int32_t x, int32_t y, const hgw_grid *moves);

#endif
