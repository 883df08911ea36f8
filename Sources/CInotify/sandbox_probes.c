#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Each tries one thing that a hostile media file would need, in a form that does no harm where it is allowed:
// paths that do not exist, null arguments, the own process. ENOENT, EINVAL and their like mean "was allowed to try".

static const char *const nowhere = "/nonexistent/heygem-watch";

/// As system calls answer: -1 with errno, or a descriptor, which is closed.
static long closing(long descriptor) {
    if (descriptor >= 0) close((int)descriptor);
    return descriptor;
}

static long try_socket(void) { return closing(socket(AF_INET, SOCK_STREAM, 0)); }
static long try_unix_socket(void) { return closing(socket(AF_UNIX, SOCK_STREAM, 0)); }
static long try_socketpair(void) {
    int pair[2];
    int result = socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    if (result == 0) close(pair[0]), close(pair[1]);
    return result;
}
static long try_read_file(void) { return closing(openat(AT_FDCWD, "/etc/passwd", O_RDONLY)); }
static long try_list_folder(void) { return closing(openat(AT_FDCWD, "/", O_RDONLY | O_DIRECTORY)); }
static long try_write_file(void) { return closing(openat(AT_FDCWD, "/dev/null", O_WRONLY)); }
static long try_rename(void) { return renameat(AT_FDCWD, nowhere, AT_FDCWD, nowhere); }
static long try_remove(void) { return unlinkat(AT_FDCWD, nowhere, 0); }
static long try_make_folder(void) { return mkdirat(AT_FDCWD, nowhere, 0700); }
static long try_link(void) { return linkat(AT_FDCWD, nowhere, AT_FDCWD, nowhere, 0); }
static long try_chmod(void) { return fchmodat(AT_FDCWD, nowhere, 0600, 0); }
static long try_execve(void) { return syscall(__NR_execve, nowhere, NULL, NULL); }
static long try_execveat(void) { return syscall(__NR_execveat, AT_FDCWD, nowhere, NULL, NULL, 0); }
static long try_fork(void) {
    long child = syscall(__NR_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0) _exit(0);
    if (child > 0) waitpid((pid_t)child, NULL, 0);
    return child;
}
static long try_clone3(void) { return syscall(__NR_clone3, NULL, 0); }
static long try_ptrace(void) { return syscall(__NR_ptrace, 17 /* DETACH */, getppid(), 0, 0); }
static long try_process_memory(void) { return syscall(__NR_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0); }
static long try_kill(void) { return syscall(__NR_kill, getppid(), 0); }
static long try_pidfd(void) { return closing(syscall(434 /* pidfd_open */, getppid(), 0)); }
static long try_mount(void) { return syscall(__NR_mount, nowhere, nowhere, NULL, 0, NULL); }
static long try_unshare(void) { return syscall(__NR_unshare, 0); }
static long try_setns(void) { return syscall(__NR_setns, -1, 0); }
static long try_chroot(void) { return syscall(__NR_chroot, nowhere); }
static long try_bpf(void) { return syscall(__NR_bpf, 0, NULL, 0); }
static long try_perf(void) { return syscall(__NR_perf_event_open, NULL, 0, -1, -1, 0); }
static long try_io_uring(void) { return closing(syscall(425 /* io_uring_setup */, 0, NULL)); }
static long try_keyctl(void) { return syscall(__NR_keyctl, -1, 0, 0, 0, 0); }
static long try_userfaultfd(void) { return closing(syscall(__NR_userfaultfd, 0)); }
static long try_memfd(void) { return closing(syscall(__NR_memfd_create, "probe", 0)); }
static long try_raise_limit(void) { return syscall(__NR_prlimit64, getppid(), 999 /* no such limit */, &(uint64_t[2]){1, 1}, NULL); }
static long try_setuid(void) { return syscall(__NR_setuid, getuid()); }
static long try_dumpable(void) { return prctl(PR_SET_DUMPABLE, prctl(PR_GET_DUMPABLE)); }

static const struct {
    const char *name;
    long (*attempt)(void);
} probes[] = {
    {"socket", try_socket},
    {"unix socket", try_unix_socket},
    {"socketpair", try_socketpair},
    {"open /etc/passwd", try_read_file},
    {"list a folder", try_list_folder},
    {"open for writing", try_write_file},
    {"rename", try_rename},
    {"remove", try_remove},
    {"make a folder", try_make_folder},
    {"link", try_link},
    {"chmod", try_chmod},
    {"execve", try_execve},
    {"execveat", try_execveat},
    {"fork", try_fork},
    {"clone3", try_clone3},
    {"ptrace", try_ptrace},
    {"process_vm_readv", try_process_memory},
    {"kill of the parent", try_kill},
    {"pidfd_open", try_pidfd},
    {"mount", try_mount},
    {"unshare", try_unshare},
    {"setns", try_setns},
    {"chroot", try_chroot},
    {"bpf", try_bpf},
    {"perf_event_open", try_perf},
    {"io_uring_setup", try_io_uring},
    {"keyctl", try_keyctl},
    {"userfaultfd", try_userfaultfd},
    {"memfd_create", try_memfd},
    {"limits of the parent", try_raise_limit},
    {"setuid", try_setuid},
    {"prctl", try_dumpable},
};

int hgw_probe_count(void) { return sizeof probes / sizeof *probes; }

const char *hgw_probe_name(int index) { return probes[index].name; }

int hgw_probe(int index) { return probes[index].attempt() < 0 ? errno : 0; }
