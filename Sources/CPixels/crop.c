#include "pixels.h"

// So many pixels at once: their values stay in the first cache.
#define PIXELS 64

// Places between the samples of a plane, held within it.
typedef struct {
    int32_t offset[PIXELS], below[PIXELS];
    float right[PIXELS], down[PIXELS];
} Places;

static inline float held(float x, float high) { return x > 0 ? (x < high ? x : high) : 0; }

static void find(Places *places, const hgw_plane *plane, const float *x, const float *y, float scale) {
    const float last_column = (float)(plane->width - 1), last_row = (float)(plane->height - 1);
    const int32_t stride = (int32_t)plane->stride, rows = plane->height;
    for (int32_t i = 0; i < PIXELS; i++) {
        const float at_x = held(x[i] * scale - 0.5f, last_column), at_y = held(y[i] * scale - 0.5f, last_row);
        const int32_t column = (int32_t)at_x, row = (int32_t)at_y;
        places->offset[i] = row * stride + column;
        places->below[i] = row + 1 < rows ? stride : 0;
        places->right[i] = at_x - (float)column;
        places->down[i] = at_y - (float)row;
    }
}

static void take(const Places *places, const uint8_t *samples, float *values) {
    float corners[4][PIXELS];
    for (int32_t i = 0; i < PIXELS; i++) {
        // in the last column the next byte is read too, and counts nothing
        const uint8_t *top = samples + places->offset[i], *bottom = top + places->below[i];
        corners[0][i] = top[0];
        corners[1][i] = top[1];
        corners[2][i] = bottom[0];
        corners[3][i] = bottom[1];
    }
    for (int32_t i = 0; i < PIXELS; i++) {
        const float right = places->right[i];
        const float top = corners[0][i] + (corners[1][i] - corners[0][i]) * right;
        const float bottom = corners[2][i] + (corners[3][i] - corners[2][i]) * right;
        values[i] = top + (bottom - top) * places->down[i];
    }
}

// RGB by BT.709, limited range.
static void colour(const float *luma, const float *u, const float *v, float *rgb) {
    for (int32_t i = 0; i < PIXELS; i++) {
        const float y = 1.1644f * (luma[i] - 16), blue = u[i] - 128, red = v[i] - 128;
        rgb[i] = held((y + 1.7927f * red) / 255, 1);
        rgb[PIXELS + i] = held((y - 0.2132f * blue - 0.5329f * red) / 255, 1);
        rgb[2 * PIXELS + i] = held((y + 2.1124f * blue) / 255, 1);
    }
}

void hgw_crop_row(const hgw_plane *luma, const uint8_t *u, const uint8_t *v, const hgw_plane *chroma,
                  const hgw_line *line, const hgw_range *range, float *target, int32_t pixels) {
    const float width = (float)luma->width, height = (float)luma->height;
    float x = line->x, y = line->y;
    for (int32_t first = 0; first < pixels; first += PIXELS) {
        float xs[PIXELS], ys[PIXELS], values[3][PIXELS], rgb[3 * PIXELS];
        for (int32_t i = 0; i < PIXELS; i++, x += line->step_x, y += line->step_y) xs[i] = x, ys[i] = y;
        Places fine, coarse;
        find(&fine, luma, xs, ys, 1);
        find(&coarse, chroma, xs, ys, 0.5f);
        take(&fine, luma->samples, values[0]);
        take(&coarse, u, values[1]);
        take(&coarse, v, values[2]);
        colour(values[0], values[1], values[2], rgb);
        const int32_t count = pixels - first < PIXELS ? pixels - first : PIXELS;
        for (int32_t i = 0; i < count; i++, target += 3) {
            const int32_t is_grey =
                range->is_grey_outside && (xs[i] < 0 || ys[i] < 0 || xs[i] > width || ys[i] > height);
            for (int32_t part = 0; part < 3; part++) {
                target[part] = range->low + range->gain * (is_grey ? 0.5f : rgb[part * PIXELS + i]);
            }
        }
    }
}
