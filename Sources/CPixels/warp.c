#include "warp.h"

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

static int32_t fixed(float pixels) {
    // 16 fractional bits; a move of more than the largest picture is as good as that
    float held = pixels < -16000 ? -16000 : pixels > 16000 ? 16000 : pixels;
    return (int32_t)(held * 65536 + (held < 0 ? -0.5f : 0.5f));
}

// The block's first line, and what each further row and sample adds. The first sample of a plane's block lies `half`
// of a luma pixel inside: chroma samples lie in the middle of their four luma samples.
static hgw_grid grid(const hgw_corners *c, int32_t half) {
    const int32_t left_x = fixed(c->left_top_x), left_y = fixed(c->left_top_y);
    const int32_t right_x = fixed(c->right_top_x), right_y = fixed(c->right_top_y);
    const int32_t left_down_x = (fixed(c->left_bottom_x) - left_x) >> 3, left_down_y = (fixed(c->left_bottom_y) - left_y) >> 3;
    const int32_t right_down_x = (fixed(c->right_bottom_x) - right_x) >> 3;
    const int32_t right_down_y = (fixed(c->right_bottom_y) - right_y) >> 3;
    hgw_grid grid = {
        .x = left_x, .y = left_y,
        .step_x = (right_x - left_x) >> 3, .step_y = (right_y - left_y) >> 3,
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

static int32_t lesser(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t greater(int32_t a, int32_t b) { return a > b ? a : b; }
static int16_t step13(int32_t step16) { return (int16_t)clamp(step16 >> 3, -32000, 32000); }

// Row `j` of a block whose first sample is x, y and whose rows end with sample `last`.
static hgw_row row(const hgw_grid *grid, int32_t x, int32_t y, int32_t j, int32_t last) {
    hgw_row row = {.step_x = step13(grid->step_x + grid->turn_x * j), .step_y = step13(grid->step_y + grid->turn_y * j)};
    const int32_t at_x = x * 1024 + ((grid->x + grid->down_x * j) >> 6);
    const int32_t at_y = (y + j) * 1024 + ((grid->y + grid->down_y * j) >> 6);
    const int32_t end_x = at_x + last * 1024 + hgw_part(last, row.step_x), end_y = at_y + hgw_part(last, row.step_y);
    row.column = lesser(at_x, end_x) >> 10;
    row.row = lesser(at_y, end_y) >> 10;
    row.x = at_x - row.column * 1024;
    row.y = at_y - row.row * 1024;
    row.span_x = (greater(at_x, end_x) >> 10) - row.column;
    row.span_y = (greater(at_y, end_y) >> 10) - row.row;
    return row;
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

static uint8_t cubic(const hgw_plane *source, const hgw_row *row, int32_t i) {
    const int32_t x = row->x + i * 1024 + hgw_part(i, row->step_x), y = row->y + hgw_part(i, row->step_y);
    int32_t wx[4], short_x[4], wy[4], sum = 0;
    cubic_weights(x & 1023, wx);
    short_weights(wx, short_x);
    cubic_weights(y & 1023, wy);
    for (int32_t tap = 0; tap < 4; tap++) {
        const int32_t line = row->row + (y >> 10) + tap - 1, column = row->column + (x >> 10) - 1;
        const int32_t across =
            (sample(source, column, line) * short_x[0] + sample(source, column + 1, line) * short_x[1]) +
            (sample(source, column + 2, line) * short_x[2] + sample(source, column + 3, line) * short_x[3]);
        sum += hgw_mulhrs(clamp(across, -32768, 32767), wy[tap]);
    }
    return (uint8_t)clamp((sum + 32) >> 6, 0, 255);
}

static uint8_t bilinear(const hgw_plane *source, const hgw_row *row, int32_t i) {
    const int32_t x = row->x + i * 1024 + hgw_part(i, row->step_x), y = row->y + hgw_part(i, row->step_y);
    const int32_t column = row->column + (x >> 10), line = row->row + (y >> 10);
    const int32_t right = ((x & 1023) + 8) >> 4, below = (y & 1023) << 4;
    const int32_t top = sample(source, column, line) * (64 - right) + sample(source, column + 1, line) * right;
    const int32_t bottom = sample(source, column, line + 1) * (64 - right) + sample(source, column + 1, line + 1) * right;
    return (uint8_t)((hgw_mulhrs(top, 16384 - below) + hgw_mulhrs(bottom, below) + 16) >> 5);
}

// MARK: which way

void hgw_warp_luma(const hgw_plane *source, uint8_t *target, ptrdiff_t stride, int32_t x, int32_t y, int32_t columns,
                   int32_t rows, const hgw_corners *corners, int32_t plainly) {
    const hgw_grid moves = grid(corners, 0);
    hgw_row lines[8];
    int32_t fits = columns == 8 && rows == 8;
    for (int32_t j = 0; j < rows; j++) {
        lines[j] = row(&moves, x, y, j, 7);
        const hgw_row *line = &lines[j];
        fits = fits && line->column >= 1 && line->column + line->span_x + 2 < source->width && line->row >= 1 &&
               line->row + line->span_y + 2 < source->height && line->span_x <= 12 && line->span_y <= HGW_GREATEST_SPAN;
    }
    if (fits && !plainly && hgw_vector_luma(source, target, stride, lines)) return;
    for (int32_t j = 0; j < rows; j++) {
        for (int32_t i = 0; i < columns; i++) target[j * stride + i] = cubic(source, &lines[j], i);
    }
}

void hgw_warp_chroma(const hgw_plane *u, const hgw_plane *v, uint8_t *target_u, uint8_t *target_v, ptrdiff_t stride,
                     int32_t x, int32_t y, int32_t columns, int32_t rows, const hgw_corners *corners,
                     int32_t plainly) {
    const hgw_grid moves = grid(corners, 1);
    hgw_row lines[4];
    int32_t fits = columns == 4 && rows == 4;
    for (int32_t j = 0; j < rows; j++) {
        lines[j] = row(&moves, x, y, j, 3);
        const hgw_row *line = &lines[j];
        fits = fits && line->column >= 0 && line->column + line->span_x + 1 < u->width && line->row >= 0 &&
               line->row + HGW_GREATEST_SPAN + 1 < u->height && line->span_x <= 6 && line->span_y <= HGW_GREATEST_SPAN;
    }
    if (fits && !plainly && hgw_vector_chroma(u, v, target_u, target_v, stride, lines)) return;
    for (int32_t j = 0; j < rows; j++) {
        for (int32_t i = 0; i < columns; i++) {
            target_u[j * stride + i] = bilinear(u, &lines[j], i);
            target_v[j * stride + i] = bilinear(v, &lines[j], i);
        }
    }
}
