#ifndef HGW_FILTERS_H
#define HGW_FILTERS_H

/// Loads FFmpeg's filters, which the functions of libavfilter then lead to; does nothing where they are loaded already.
/// Safe in any thread. Not linked like FFmpeg's other libraries: they bring a third of the libraries that a worker starts
/// with, and neither a still nor checking a movie needs any.
///
/// Returns what went wrong, or NULL. Before this has returned NULL no function of libavfilter may be called.
const char *hgw_filters_open(void);

/// Begins to load them in a thread that ends with `hgw_filters_open`.
void hgw_filters_begin(void);

#endif
