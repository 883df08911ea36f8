import CInotify
import Glibc
import Render

/// What the worker takes from itself before it reads the first byte of an input, once and for all.
enum OwnLimits {
    /// Puts in force what the kernel has; what it lacks is told, not an error: the service watches from outside too.
    static func enforce(_ limits: WorkerJob.Limits) -> LimitsReport {
        offerToTheKernel()
        var report = LimitsReport()
        for (name, resource, soft, hard) in resources(limits) where hgw_lower_limit(resource, soft, hard) != 0 {
            report.missing.append(name)
        }
        report.noNewPrivileges = hgw_no_new_privileges() == 0
        report.landlock = Int(max(0, hgw_landlock_nothing()))
        report.seccomp = hgw_seccomp_compute_only() == 0
        return report
    }

    private static func resources(
        _ limits: WorkerJob.Limits
    ) -> [(name: String, resource: Int32, soft: UInt64, hard: UInt64)] {
        [
            // not the address space: each thread's malloc reserves 64 MB of it and uses little
            ("data", Int32(RLIMIT_DATA.rawValue), limits.memoryBytes, limits.memoryBytes),
            // the soft limit's signal says what happened; the hard one's is a plain SIGKILL
            ("cpu", Int32(RLIMIT_CPU.rawValue), limits.cpuSeconds, limits.cpuSeconds + 10),
            ("file size", Int32(RLIMIT_FSIZE.rawValue), limits.fileBytes, limits.fileBytes),
            ("core", Int32(RLIMIT_CORE.rawValue), 0, 0),
            // inputs, pipes and room for a few
            ("files", Int32(RLIMIT_NOFILE.rawValue), 64, 64),
            // counted for the user over the whole machine, threads included, so it can't be low; seccomp forbids
            // processes outright, this is for kernels without it
            ("processes", Int32(__RLIMIT_NPROC.rawValue), 4096, 4096),
        ]
    }

    /// When memory runs out, a worker is to go before the service. Of no weight where it fails.
    private static func offerToTheKernel() {
        let descriptor = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = OutputFile(descriptor: descriptor).append(Array("500".utf8))
        close(descriptor)
    }
}
