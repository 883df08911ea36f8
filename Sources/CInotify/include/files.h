#ifndef HEYGEMWATCH_FILES_H
#define HEYGEMWATCH_FILES_H

#include <stdint.h>
#include <sys/types.h>

/// Opens `path` below `folder`: no symlink is followed, and `..` or an absolute path can't lead out of it.
/// Why: glibc 2.36 has no wrapper for openat2, and `syscall` is variadic, which Swift can't call.
/// -1 and errno; ENOSYS where the kernel (before 5.6) or a container's filter hasn't got it.
int hgw_open_beneath(int folder, const char *_Nonnull path, int flags, mode_t mode);

/// openat. Why: it is variadic.
int hgw_openat(int folder, const char *_Nonnull path, int flags, mode_t mode);

/// renameat2 with RENAME_NOREPLACE. Why: glibc declares it under _GNU_SOURCE only, which Swift's importer doesn't define.
int hgw_rename_without_replacing(
    int from_folder, const char *_Nonnull from, int to_folder, const char *_Nonnull to);

/// The magic number of the descriptor's file system, and the bytes that an unprivileged writer may still use there.
/// Why: Swift's importer gives the name `statfs` to the struct only.
int hgw_file_system(int descriptor, uint64_t *_Nonnull magic, uint64_t *_Nonnull free_bytes);

/// 1: somebody on this machine has the file open for writing; 0: nobody; -1: can't tell (not the file's owner, a file
/// system without leases, not opened read-only). Takes a read lease and gives it back at once.
/// Why: F_SETLEASE lies behind _GNU_SOURCE; and the two calls stay close together, for an opener waits in between.
int hgw_has_writer(int descriptor);

/// copy_file_range. Why: declared under _GNU_SOURCE only.
ssize_t hgw_copy_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t count);

/// fallocate without KEEP_SIZE. Why: declared under _GNU_SOURCE only; posix_fallocate would write zeros where the file
/// system can't do it, which costs more than it is worth.
int hgw_allocate(int descriptor, int64_t offset, int64_t count);

/// Lets all threads share one heap. Why: glibc gives each of the first threads (8 a core) one of its own, and what one
/// of them has freed isn't there for the others; M_ARENA_MAX is not imported.
void hgw_share_heap(void);

#endif
