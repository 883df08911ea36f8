/// The limits that the worker puts on itself, and the few process calls that Swift's Glibc module lacks.
#ifndef HGW_SANDBOX_H
#define HGW_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

/// A pidfd of a child, close-on-exec; -1 with errno where the kernel has none (before 5.3). glibc's wrapper sits in
/// <sys/pidfd.h>, which Swift's Glibc module does not import.
int hgw_pidfd_open(int32_t pid);

/// Lowers a limit's soft and hard value; one that is lower already stays. Numbers of RLIMIT_* are an enum that Swift
/// imports as a type of its own. 0, or -1 with errno.
int hgw_lower_limit(int resource, uint64_t soft, uint64_t hard);

/// No privileges by exec, now and for every thread and child made from here on. 0, or -1 with errno.
int hgw_no_new_privileges(void);

/// No path can be opened, made, renamed or removed any more, no TCP port bound or connected (Landlock); descriptors
/// that are open keep working. Holds for the calling thread and those made after. Needs no_new_privs.
/// The kernel's Landlock version, or -1 with errno where it has none.
int hgw_landlock_nothing(void);

/// Only the system calls that computing on open descriptors needs; every other fails with EPERM (seccomp, all threads).
/// Needs no_new_privs. 0, or -1 with errno; ENOSYS on machines other than x86-64 and aarch64.
int hgw_seccomp_compute_only(void);

/// How many forbidden things `hgw_probe` knows.
int hgw_probe_count(void);

/// The name of a forbidden thing, for example "socket". Never NULL for 0 ..< hgw_probe_count().
const char *_Nonnull hgw_probe_name(int index);

/// Tries one forbidden thing, harmlessly: 0 if it was allowed, else the errno that refused it.
int hgw_probe(int index);

#endif
