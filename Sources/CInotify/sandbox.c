#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Numbers that older kernel headers lack; they are the same on every architecture.
#ifndef __NR_pidfd_open
#define __NR_pidfd_open 434
#endif
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_restrict_self 446
#endif

int hgw_pidfd_open(int32_t pid) { return (int)syscall(__NR_pidfd_open, pid, 0); }

int hgw_lower_limit(int resource, uint64_t soft, uint64_t hard) {
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return -1;
    // RLIM_INFINITY is the greatest number there is
    if (limit.rlim_max > hard) limit.rlim_max = hard;
    if (limit.rlim_cur > soft) limit.rlim_cur = soft;
    return setrlimit((__rlimit_resource_t)resource, &limit);
}

int hgw_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// MARK: Landlock

// struct landlock_ruleset_attr as of version 6; older kernels are given only as much of it as they know.
struct landlock_ruleset {
    uint64_t file_system;
    uint64_t network;
    uint64_t scoped;
};

/// What a kernel of this version can deny: the highest access right grew with the version.
static struct landlock_ruleset landlock_everything(int version, size_t *size) {
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
    struct landlock_ruleset all = {.file_system = (1ULL << rights) - 1};
    *size = sizeof(uint64_t);
    if (version >= 4) {
        all.network = 3;  // bind, connect
        *size = 2 * sizeof(uint64_t);
    }
    if (version >= 6) {
        all.scoped = 3;  // abstract unix sockets, signals
        *size = sizeof all;
    }
    return all;
}

int hgw_landlock_nothing(void) {
    const unsigned version_flag = 1;  // LANDLOCK_CREATE_RULESET_VERSION
    int version = (int)syscall(__NR_landlock_create_ruleset, NULL, 0, version_flag);
    if (version < 0) return -1;
    size_t size;
    struct landlock_ruleset all = landlock_everything(version, &size);
    int rules = (int)syscall(__NR_landlock_create_ruleset, &all, size, 0);
    if (rules < 0) return -1;
    int result = (int)syscall(__NR_landlock_restrict_self, rules, 0);
    int error = errno;
    close(rules);
    errno = error;
    return result < 0 ? -1 : version;
}

// MARK: seccomp

#if defined(__x86_64__)
#define HGW_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define HGW_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef HGW_ARCHITECTURE

#define LOAD_AT(offset) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define LOAD(field) LOAD_AT(offsetof(struct seccomp_data, field))
// both machines are little-endian: the low half of an argument comes first
#define LOAD_ARGUMENT(n) LOAD(args[n])
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(error) GIVE(SECCOMP_RET_ERRNO | (error))
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), GIVE(SECCOMP_RET_ALLOW)
// allowed only if the low half of argument n has all of `bits`
#define ALLOW_WITH_BITS(call, n, bits)                                                                   \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 5), LOAD_ARGUMENT(n),                            \
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, (bits)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (bits), 0, 1),  \
        GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)
// allowed only if the low half of argument n is `value`
#define ALLOW_WITH_VALUE(call, n, value)                                                                 \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 4), LOAD_ARGUMENT(n),                            \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)

// allowed only if the pointer in argument n is null
#define ALLOW_WITH_NULL(call, n)                                                                         \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 6), LOAD_ARGUMENT(n),                            \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3), LOAD_AT(offsetof(struct seccomp_data, args[n]) + 4),                  \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)

/// The system calls of a program that computes: memory, threads, time, and reading and writing what is open.
/// libc, the Swift runtime, libav with x264 and LiteRT were watched with strace; near relatives are in for other versions.
static int install_filter(void) {
    uint32_t own = (uint32_t)getpid();
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, HGW_ARCHITECTURE, 1, 0),
        GIVE(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        // open files
        ALLOW(read), ALLOW(pread64), ALLOW(readv), ALLOW(preadv), ALLOW(write), ALLOW(pwrite64), ALLOW(writev),
        ALLOW(pwritev), ALLOW(lseek), ALLOW(fstat), ALLOW(newfstatat), ALLOW(statx), ALLOW(close), ALLOW(dup),
        ALLOW(fsync), ALLOW(fdatasync), ALLOW(ftruncate), ALLOW(fallocate), ALLOW(fadvise64), ALLOW(sync_file_range),
        ALLOW(ppoll), ALLOW(pselect6), ALLOW(eventfd2),
#ifdef __NR_poll
        ALLOW(poll), ALLOW(select),
#endif
        // memory
        ALLOW(brk), ALLOW(mmap), ALLOW(munmap), ALLOW(mremap), ALLOW(mprotect), ALLOW(madvise), ALLOW(membarrier),
        // threads and locks
        ALLOW(futex), ALLOW(set_robust_list), ALLOW(rseq), ALLOW(set_tid_address), ALLOW(sched_yield),
        ALLOW(sched_getaffinity), ALLOW(sched_setaffinity), ALLOW(sched_getscheduler), ALLOW(sched_getparam),
        ALLOW(get_mempolicy), ALLOW(gettid), ALLOW(getpid), ALLOW(getppid), ALLOW(getcpu), ALLOW(exit), ALLOW(exit_group),
        ALLOW(restart_syscall),
        // own signals: abort() must find its way out
        ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn), ALLOW(sigaltstack),
        // time and what the machine is
        ALLOW(clock_gettime), ALLOW(clock_getres), ALLOW(clock_nanosleep), ALLOW(nanosleep), ALLOW(gettimeofday),
        ALLOW(getrandom), ALLOW(getrusage), ALLOW(times), ALLOW(uname), ALLOW(sysinfo), ALLOW(getrlimit), ALLOW(getuid),
        ALLOW(geteuid), ALLOW(getgid), ALLOW(getegid),
        // with conditions; each of these reloads the accumulator and ends
        ALLOW_WITH_BITS(clone, 0, CLONE_THREAD | CLONE_VM),
        ALLOW_WITH_VALUE(tgkill, 0, own),
        ALLOW_WITH_NULL(prlimit64, 2),  // asking, not setting
        ALLOW_WITH_VALUE(prctl, 0, PR_SET_NAME),
        ALLOW_WITH_VALUE(fcntl, 1, F_GETFL),
        // its flags lie in memory, where a filter can't look; libc then takes clone
#ifdef __NR_clone3
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1), REFUSE(ENOSYS),
#endif
        // libdispatch wants normal priority for its threads and would tell syslog otherwise: told "done", not done
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_setpriority, 0, 1), REFUSE(0),
        REFUSE(EPERM),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    // all threads, for LiteRT's have been made before
    long result = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    if (result > 0) errno = ESRCH;  // the id of a thread that could not be brought in line
    return result == 0 ? 0 : -1;
}

int hgw_seccomp_compute_only(void) { return install_filter(); }

#else

int hgw_seccomp_compute_only(void) {
    errno = ENOSYS;
    return -1;
}

#endif
