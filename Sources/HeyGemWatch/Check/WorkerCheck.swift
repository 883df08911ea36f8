import Render
import Words

/// The sandbox of the worker: it shuts itself in and tries to get out.
struct WorkerCheck {
    func finding() async -> Finding {
        let id = "worker.sandbox"
        let end = await WorkerProcess(program: Installation.worker)
            .run(WorkerJob(task: .selfTest), files: WorkerFiles())
        guard case .done(let result) = end.answer, let attempts = result.attempts, let limits = end.limits else {
            return .problem(
                id, Phrase("\(Installation.worker) did not pass its self-test", zh: "\(Installation.worker) 未通过自检"),
                mend: .runSetup)
        }
        let open = attempts.filter { !$0.isRefused }.map(\.name)
        let tried = attempts.count
        guard open.isEmpty, limits.isComplete else {
            let weak = (open + Self.lacking(limits)).joined(separator: ", ")
            return .warning(
                id,
                Phrase("the worker's sandbox is weaker than it could be: \(weak)", zh: "渲染进程的沙箱不够严密：\(weak)"),
                mend: Phrase(
                    "use a kernel with Landlock and seccomp (Linux 5.13 or newer), and a container that allows both",
                    zh: "请使用支持 Landlock 和 seccomp 的内核（Linux 5.13 或更新），并使用允许两者的容器"))
        }
        return .ok(
            id,
            Phrase(
                "the worker shut itself in and was refused all \(tried) things that it tried",
                zh: "渲染进程已自我隔离，尝试的 \(tried) 种越权操作全部被拒绝"))
    }

    private static func lacking(_ limits: LimitsReport) -> [String] {
        [
            limits.noNewPrivileges ? nil : "no_new_privs", limits.landlock > 0 ? nil : "Landlock",
            limits.seccomp ? nil : "seccomp",
        ].compactMap(\.self) + limits.missing.map { "limit of \($0)" }
    }
}
