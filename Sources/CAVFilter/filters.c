#include "filters.h"

#include <dlfcn.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <pthread.h>
#include <string.h>

#define TEXT(value) #value
#define LIBRARY(major) "libavfilter.so." TEXT(major)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t loader;
static int is_loading;
static const char *problem;
static void *library;

#define FUNCTIONS(each)                                                                                              \
    each(avfilter_graph_alloc) each(avfilter_graph_free) each(avfilter_graph_create_filter)                          \
        each(avfilter_graph_parse_ptr) each(avfilter_graph_config) each(avfilter_get_by_name)                        \
            each(avfilter_inout_alloc) each(avfilter_inout_free) each(av_buffersrc_add_frame_flags)                  \
                each(av_buffersink_get_frame) each(av_buffersink_get_time_base)

#define POINTER(name) __typeof__(&name) name;
static struct {
    FUNCTIONS(POINTER)
} real;

static const char *find_functions(void) {
#define FIND(name) \
    if (!(real.name = (__typeof__(&name))dlsym(library, #name))) return "it has no " #name;
    FUNCTIONS(FIND)
    return NULL;
}

static void *load(void *unused) {
    (void)unused;
    library = dlopen(LIBRARY(LIBAVFILTER_VERSION_MAJOR), RTLD_NOW | RTLD_LOCAL);
    problem = library ? find_functions() : strdup(dlerror());
    return NULL;
}

void hgw_filters_begin(void) {
    pthread_mutex_lock(&lock);
    if (!library && !problem && !is_loading) is_loading = pthread_create(&loader, NULL, load, NULL) == 0;
    pthread_mutex_unlock(&lock);
}

const char *hgw_filters_open(void) {
    pthread_mutex_lock(&lock);
    if (is_loading) {
        pthread_join(loader, NULL);
        is_loading = 0;
    }
    if (!library && !problem) load(NULL);
    pthread_mutex_unlock(&lock);
    return problem;
}

// What the linker would have found in the library.

AVFilterGraph *avfilter_graph_alloc(void) { return real.avfilter_graph_alloc(); }

void avfilter_graph_free(AVFilterGraph **graph) { real.avfilter_graph_free(graph); }

int avfilter_graph_create_filter(AVFilterContext **context, const AVFilter *filter, const char *name, const char *args,
                                 void *opaque, AVFilterGraph *graph) {
    return real.avfilter_graph_create_filter(context, filter, name, args, opaque, graph);
}

int avfilter_graph_parse_ptr(AVFilterGraph *graph, const char *filters, AVFilterInOut **inputs, AVFilterInOut **outputs,
                             void *log) {
    return real.avfilter_graph_parse_ptr(graph, filters, inputs, outputs, log);
}

int avfilter_graph_config(AVFilterGraph *graph, void *log) { return real.avfilter_graph_config(graph, log); }

const AVFilter *avfilter_get_by_name(const char *name) { return real.avfilter_get_by_name(name); }

AVFilterInOut *avfilter_inout_alloc(void) { return real.avfilter_inout_alloc(); }

void avfilter_inout_free(AVFilterInOut **list) { real.avfilter_inout_free(list); }

int av_buffersrc_add_frame_flags(AVFilterContext *source, AVFrame *frame, int flags) {
    return real.av_buffersrc_add_frame_flags(source, frame, flags);
}

int av_buffersink_get_frame(AVFilterContext *sink, AVFrame *frame) { return real.av_buffersink_get_frame(sink, frame); }

AVRational av_buffersink_get_time_base(const AVFilterContext *sink) { return real.av_buffersink_get_time_base(sink); }
