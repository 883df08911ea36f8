#ifndef HGW_PIXELS_H
#define HGW_PIXELS_H

// memalign, in whose place this target puts its own
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>

/// One plane of a picture. After its last row lie 16 more bytes that may be read.
typedef struct {
    const uint8_t *samples;
    ptrdiff_t stride;
    int32_t width;
    int32_t height;
} hgw_plane;

/// From how far away, in luma pixels, the source comes at the corners of a block of 8 x 8 luma pixels: at its first
/// pixel, 8 to the right of it, 8 below it, and both. Between them it is taken as bilinear.
typedef struct {
    float left_top_x, left_top_y;
    float right_top_x, right_top_y;
    float left_bottom_x, left_bottom_y;
    float right_bottom_x, right_bottom_y;
} hgw_corners;

/// Draws the luma of a block from places between the source's pixels, by Catmull-Rom in 1/1024 pixel phases.
/// The same samples on every machine.
/// - `x`, `y`: the block's first pixel. `columns`, `rows`: 1...8 that are drawn.
/// - `plainly`: not 0 keeps to C without vectors; for tests.
void hgw_warp_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y, int32_t columns,
                   int32_t rows, const hgw_corners *corners, int32_t plainly);

/// The block's chroma, by bilinear interpolation: both planes have the same size and stride.
/// - `x`, `y`: the block's first chroma sample. `columns`, `rows`: 1...4 that are drawn.
void hgw_warp_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v, ptrdiff_t stride,
                     int32_t x, int32_t y, int32_t columns, int32_t rows, const hgw_corners *corners, int32_t plainly);

/// Adds to samples what is seen behind them: all of it where `cover` is 0, nothing where it is 255.
void hgw_add_behind(uint8_t *target, ptrdiff_t stride, const uint8_t *behind, ptrdiff_t behind_stride,
                    const uint8_t *cover, ptrdiff_t cover_stride, int32_t columns, int32_t rows);

/// Gives back the memory of all pages of programs and libraries that are the same in their files; those that are needed
/// again come back by themselves. Dozens of libraries are touched when a program starts, and never again.
void hgw_return_libraries(void);

/// Places in a picture, in luma pixels from its corner: the first one, and how far the next lies from each.
typedef struct {
    float x, y, step_x, step_y;
} hgw_line;

/// What the values of colours are: `low` for none, `low + gain` for all of it; and whether it is grey outside of the
/// picture (or else as its border is).
typedef struct {
    float low, gain;
    int32_t is_grey_outside;
} hgw_range;

/// Colours of a picture between its samples (BT.709, limited range), bilinear: three values for each of `pixels` places.
/// - `u`, `v`: the chroma's samples, of which `chroma` tells the size.
void hgw_crop_row(const hgw_plane *luma, const uint8_t *u, const uint8_t *v, const hgw_plane *chroma,
                  const hgw_line *line, const hgw_range *range, float *target, int32_t pixels);

/// The means of 2 x 2 samples of two rows, rounded: `count` of them.
void hgw_halve_row(const uint8_t *upper, const uint8_t *lower, uint8_t *target, int32_t count);

#endif
