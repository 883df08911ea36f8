#include "pixels.h"

#include <stdlib.h>
#include <string.h>

// libx264 takes all its memory here, of large pieces at the start of a huge page, for which libc sets aside and keeps
// 2 MB more: half of its small planes. And it plans its bits with memory that it never wrote to: a movie would depend on
// what had lain there. So in this program there is no greater alignment than a cache line's, and memory is zeros.
void *memalign(size_t alignment, size_t size) {
    void *memory = NULL;
    const size_t line = 64;
    if (alignment < sizeof(void *) || alignment > line) alignment = line;
    if (posix_memalign(&memory, alignment, size) != 0) return NULL;
    memset(memory, 0, size);
    return memory;
}
