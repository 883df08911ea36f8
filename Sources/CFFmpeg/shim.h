#ifndef CFFMPEG_SHIM_H
#define CFFMPEG_SHIM_H

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

/// FFmpeg's error codes are macros over errno and four letters, which Swift does not import.
static const int media_error_again = AVERROR(EAGAIN);
static const int media_error_end = AVERROR_EOF;
static const int media_error_invalid = AVERROR(EINVAL);
static const int media_error_memory = AVERROR(ENOMEM);
static const int media_error_refused = AVERROR(EACCES);
static const int media_error_data = AVERROR_INVALIDDATA;

/// Turns an errno into the negative code that FFmpeg's callbacks return.
static inline int media_error(int error) {
    return AVERROR(error);
}

/// "No time stamp" is a macro with a cast.
static const int64_t media_no_time = AV_NOPTS_VALUE;

/// Where the AVClass option API looks for an object's own children: a macro with a shift.
static const int media_search_children = AV_OPT_SEARCH_CHILDREN;

#endif
