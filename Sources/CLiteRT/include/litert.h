/// LiteRT by dlopen: the few declarations of its C interface that we use are our own, so that building needs no LiteRT.
/// Tested with ai-edge-litert 2.3.0; scripts/fetch-models pins it.
#ifndef HEYGEMWATCH_LITERT_H
#define HEYGEMWATCH_LITERT_H

#include <stddef.h>

/// The loaded library and its environment. It is never unloaded: its thread pools don't survive that.
typedef struct hgw_litert hgw_litert;

/// A compiled model with its input and output buffers. Not for two threads at once.
typedef struct hgw_litert_model hgw_litert_model;

/// Loads the library for use on the CPU, with nothing but errors in its log. It looks for no graphics accelerators.
/// NULL: `problem` says why, until the next call of this function on the same thread.
hgw_litert *_Nullable hgw_litert_open(const char *_Nonnull path, const char *_Nullable *_Nonnull problem);

/// Reads and compiles a model that takes one picture of `side` x `side` RGB floats and gives `count` float tensors of
/// `sizes` values each. NULL: `status` is LiteRT's code, or -1 when memory ran out or a buffer is too small.
hgw_litert_model *_Nullable hgw_litert_compile(
    hgw_litert *_Nonnull library, const char *_Nonnull path, int side, const int *_Nonnull sizes, int count,
    int *_Nonnull status);

/// Runs the model: reads side x side x 3 floats, writes each output to its place. 0, or LiteRT's code.
int hgw_litert_run(
    hgw_litert_model *_Nonnull model, const float *_Nonnull input, float *_Nonnull const *_Nonnull outputs);

void hgw_litert_free(hgw_litert_model *_Nullable model);

#endif
