#include "warp.h"

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

static int32_t lesser(int32_t a, int32_t b) { return a < b ? a : b; }

static int32_t fixed(float pixels) {
    // 16 fractional bits; a move of more than the largest picture is as good as that
    float held = pixels < -16000 ? -16000 : pixels > 16000 ? 16000 : pixels;
    return (int32_t)(held * 65536 + (held < 0 ? -0.5f : 0.5f));
}

// The block's first line, and what each further row and sample adds. The first sample of a plane's block lies `half`
// of a luma pixel inside: chroma samples lie in the middle of their four luma samples.
static hgw_grid grid(const hgw_corners *c, int32_t half) {
    const float pixels[8] = {c->left_top_x,    c->left_top_y,    c->right_top_x,    c->right_top_y,
                             c->left_bottom_x, c->left_bottom_y, c->right_bottom_x, c->right_bottom_y};
    int32_t move[8];
    for (int32_t i = 0; i < 8; i++) move[i] = fixed(pixels[i]);
    const int32_t left_down_x = (move[4] - move[0]) >> 3, left_down_y = (move[5] - move[1]) >> 3;
    const int32_t right_down_x = (move[6] - move[2]) >> 3, right_down_y = (move[7] - move[3]) >> 3;
    hgw_grid grid = {
        .x = move[0], .y = move[1],
        .step_x = (move[2] - move[0]) >> 3, .step_y = (move[3] - move[1]) >> 3,
        .down_x = left_down_x, .down_y = left_down_y,
        .turn_x = (right_down_x - left_down_x) >> 3, .turn_y = (right_down_y - left_down_y) >> 3,
    };
    if (!half) return grid;
    // a luma pixel is half a chroma sample: moves are halved, and the distances between samples are doubled
    grid.x = (grid.x + ((grid.step_x + grid.down_x) >> 1)) >> 1;
    grid.y = (grid.y + ((grid.step_y + grid.down_y) >> 1)) >> 1;
    grid.turn_x *= 2;
    grid.turn_y *= 2;
    return grid;
}

// MARK: plain C

// Of the four samples around a place, 14 fractional bits, their sum exactly 1 (Catmull and Rom 1974).
static void cubic_weights(int32_t fraction, int32_t weights[4]) {
    const int32_t t15 = fraction << 5;
    const int32_t t = t15 >> 1, t2 = hgw_mulhrs(t15, t), t3 = hgw_mulhrs(t15, t2);
    weights[0] = t2 - ((t + t3) >> 1);
    weights[2] = ((t - t3) >> 1) + 2 * t2 - t3;
    weights[3] = (t3 - t2) >> 1;
    weights[1] = 16384 - weights[0] - weights[2] - weights[3];
}

static void short_weights(const int32_t weights[4], int32_t result[4]) {
    for (int32_t tap = 0; tap < 4; tap++) result[tap] = (weights[tap] + 64) >> 7;
    result[1] = 128 - result[0] - result[2] - result[3];
    // 128 does not fit into a signed byte
    if (result[1] == 128) {
        result[1]--;
        result[2]++;
    } else if (result[2] == 128) {
        result[2]--;
        result[1]++;
    }
}

static int32_t sample(const hgw_plane *plane, int32_t x, int32_t y) {
    return plane->samples[clamp(y, 0, plane->height - 1) * plane->stride + clamp(x, 0, plane->width - 1)];
}

static uint8_t cubic(const hgw_plane *source, const hgw_rows *rows, int32_t j, int32_t i) {
    const int32_t x = rows->x[j] + i * 1024 + hgw_part(i, rows->step_x[j]);
    const int32_t y = rows->y[j] + hgw_part(i, rows->step_y[j]);
    int32_t wx[4], short_x[4], wy[4], sum = 0;
    cubic_weights(x & 1023, wx);
    short_weights(wx, short_x);
    cubic_weights(y & 1023, wy);
    for (int32_t tap = 0; tap < 4; tap++) {
        const int32_t line = rows->row[j] + (y >> 10) + tap - 1, column = rows->column[j] + (x >> 10) - 1;
        const int32_t across =
            (sample(source, column, line) * short_x[0] + sample(source, column + 1, line) * short_x[1]) +
            (sample(source, column + 2, line) * short_x[2] + sample(source, column + 3, line) * short_x[3]);
        sum += hgw_mulhrs(clamp(across, -32768, 32767), wy[tap]);
    }
    return (uint8_t)clamp((sum + 32) >> 6, 0, 255);
}

static uint8_t bilinear(const hgw_plane *source, const hgw_rows *rows, int32_t j, int32_t i) {
    const int32_t x = rows->x[j] + i * 1024 + hgw_part(i, rows->step_x[j]);
    const int32_t y = rows->y[j] + hgw_part(i, rows->step_y[j]);
    const int32_t column = rows->column[j] + (x >> 10), line = rows->row[j] + (y >> 10);
    const int32_t right = ((x & 1023) + 8) >> 4, below = (y & 1023) << 4;
    const int32_t top = sample(source, column, line) * (64 - right) + sample(source, column + 1, line) * right;
    const int32_t bottom = sample(source, column, line + 1) * (64 - right) + sample(source, column + 1, line + 1) * right;
    return (uint8_t)((hgw_mulhrs(top, 16384 - below) + hgw_mulhrs(bottom, below) + 16) >> 5);
}

// MARK: which way

void hgw_warp_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y, int32_t columns,
                   int32_t rows, const hgw_corners *corners, int32_t plainly) {
    const hgw_grid moves = grid(corners, 0);
    const int32_t whole = columns == 8 && rows == 8;
    if (whole && !plainly && hgw_vector_luma(source, target, stride, x, y, &moves)) return;
    hgw_rows lines;
    hgw_lay(&moves, x, y, rows, 7, &lines);
    for (int32_t j = 0; j < rows; j++) {
        for (int32_t i = 0; i < columns; i++) target[j * stride + i] = cubic(source, &lines, j, i);
    }
}

void hgw_warp_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v, ptrdiff_t stride,
                     int32_t x, int32_t y, int32_t columns, int32_t rows, const hgw_corners *corners,
                     int32_t plainly) {
    const hgw_grid moves = grid(corners, 1);
    const int32_t whole = columns == 4 && rows == 4;
    if (whole && !plainly && hgw_vector_chroma(u, v, target_u, target_v, stride, x, y, &moves)) return;
    hgw_rows lines;
    hgw_lay(&moves, x, y, rows, 3, &lines);
    for (int32_t j = 0; j < rows; j++) {
        for (int32_t i = 0; i < columns; i++) {
            target_u[j * stride + i] = bilinear(u, &lines, j, i);
            target_v[j * stride + i] = bilinear(v, &lines, j, i);
        }
    }
}

// MARK: what is behind

static inline __attribute__((always_inline)) void add_behind(uint8_t *restrict target, ptrdiff_t stride,
                                                             const uint8_t *restrict behind, ptrdiff_t behind_stride,
                                                             const uint8_t *restrict cover, ptrdiff_t cover_stride,
                                                             int32_t columns, int32_t rows) {
    for (int32_t j = 0; j < rows; j++) {
        for (int32_t i = 0; i < columns; i++) {
            // exact for what fits: (n + 1 + (n >> 8)) >> 8 is n / 255
            const uint16_t product = (uint16_t)(behind[i] * (255 - cover[i]) + 127);
            const uint16_t share = (uint16_t)(product + 1 + (product >> 8)) >> 8;
            target[i] = (uint8_t)lesser(target[i] + share, 255);
        }
        target += stride;
        behind += behind_stride;
        cover += cover_stride;
    }
}

void hgw_add_behind(uint8_t *restrict target, ptrdiff_t stride, const uint8_t *restrict behind, ptrdiff_t behind_stride,
                    const uint8_t *restrict cover, ptrdiff_t cover_stride, int32_t columns, int32_t rows) {
    // of a number of columns that is known, compilers make vectors
    if (columns == 8) {
        add_behind(target, stride, behind, behind_stride, cover, cover_stride, 8, rows);
    } else if (columns == 4) {
        add_behind(target, stride, behind, behind_stride, cover, cover_stride, 4, rows);
    } else {
        add_behind(target, stride, behind, behind_stride, cover, cover_stride, columns, rows);
    }
}
