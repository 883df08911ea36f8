#include "pixels.h"

#include <link.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// Large enough that giving its pages back is worth a system call.
static const size_t large = 256 << 10;

// libc learns from the first picture that is freed to keep all memory of that size, in pieces that fit nothing else
// later. In this program pictures go back to the kernel: 20 MB less for a 1080p video avatar.
__attribute__((constructor)) static void return_pictures(void) {
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
}

// Fills memory with zeros; of large memory only as much as is ever used takes room.
static void clear(char *memory, size_t size) {
    const uintptr_t page = 4096;
    char *first = (char *)(((uintptr_t)memory + page - 1) / page * page);
    char *last = (char *)(((uintptr_t)memory + size) / page * page);
    // pages that libc has from the kernel for this program alone are zeros when they are next touched
    if (size < large || madvise(first, (size_t)(last - first), MADV_DONTNEED) != 0) {
        memset(memory, 0, size);
        return;
    }
    memset(memory, 0, (size_t)(first - memory));
    memset(last, 0, (size_t)(memory + size - last));
}

// libx264 takes all its memory here, of large pieces at the start of a huge page, for which libc sets aside and keeps
// 2 MB more: half of its small planes. And it plans its bits with memory that it never wrote to: a movie would depend on
// what had lain there. So in this program there is no greater alignment than a cache line's, and memory is zeros.
void *memalign(size_t alignment, size_t size) {
    void *memory = NULL;
    const size_t line = 64;
    if (alignment < sizeof(void *) || alignment > line) alignment = line;
    if (posix_memalign(&memory, alignment, size) != 0) return NULL;
    clear(memory, size);
    return memory;
}

static int return_pages(struct dl_phdr_info *image, size_t size, void *unused) {
    (void)size, (void)unused;
    for (int i = 0; i < image->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &image->dlpi_phdr[i];
        // what is written to when a library is linked has no other copy
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W)) continue;
        const uintptr_t page = 4096, start = (image->dlpi_addr + part->p_vaddr) / page * page;
        madvise((void *)start, image->dlpi_addr + part->p_vaddr + part->p_memsz - start, MADV_DONTNEED);
    }
    return 0;
}

void hgw_return_libraries(void) { dl_iterate_phdr(return_pages, NULL); }
