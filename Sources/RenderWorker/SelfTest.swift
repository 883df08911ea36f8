import CInotify
import Glibc
import Render

/// Shuts itself in as for a job, then tries each forbidden thing.
enum SelfTest {
    /// Prints a `SelfTestReport`; true when everything was refused.
    static func run() -> Bool {
        let limits = OwnLimits.enforce(WorkerJob.Limits())
        let attempts = (0..<hgw_probe_count()).map { index in
            let error = hgw_probe(index)
            return SelfTestReport.Attempt(
                name: String(cString: hgw_probe_name(index)), isRefused: [EPERM, EACCES, ENOSYS].contains(error),
                answer: error == 0 ? "allowed" : String(cString: strerror(error)))
        }
        Replies.write(SelfTestReport(limits: limits, attempts: attempts), to: STDOUT_FILENO)
        return attempts.allSatisfy(\.isRefused)
    }
}
