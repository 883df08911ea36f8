#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h> // renameat2
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

int hgw_open_beneath(int folder, const char *path, int flags, mode_t mode) {
    struct open_how how = {
        .flags = (uint64_t)flags,
        // openat2 refuses a mode where nothing is created
        .mode = (flags & O_CREAT) ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

int hgw_openat(int folder, const char *path, int flags, mode_t mode) {
    return openat(folder, path, flags, mode);
}

int hgw_rename_without_replacing(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
}

int hgw_file_system(int descriptor, uint64_t *magic, uint64_t *free_bytes) {
    struct statfs facts;
    if (fstatfs(descriptor, &facts) != 0) return -1;
    *magic = (uint64_t)(uint32_t)facts.f_type;
    *free_bytes = (uint64_t)facts.f_bavail * (uint64_t)facts.f_bsize;
    return 0;
}

int hgw_has_writer(int descriptor) {
    // whoever opens the file for writing while we hold the lease makes the kernel send SIGIO, which would end us
    signal(SIGIO, SIG_IGN);
    if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) {
        fcntl(descriptor, F_SETLEASE, F_UNLCK);
        return 0;
    }
    return errno == EAGAIN ? 1 : -1;
}

ssize_t hgw_copy_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t count) {
    off64_t source = from_offset, target = to_offset;
    return copy_file_range(from, &source, to, &target, count, 0);
}

int hgw_allocate(int descriptor, int64_t offset, int64_t count) {
    return fallocate(descriptor, 0, offset, count);
}

void hgw_share_heap(void) {
    mallopt(M_ARENA_MAX, 1);
}
