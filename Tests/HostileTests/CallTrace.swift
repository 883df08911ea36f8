import Foundation

/// What the service and all of its workers asked the system for: every file opened, socket made and program started.
struct CallTrace: Sendable {
    /// One call, as strace wrote it.
    struct Call: Sendable {
        var name: String
        var text: String
        /// Nothing came of it.
        var isRefused: Bool
    }

    /// The calls of each thread in their order.
    let threads: [[Call]]

    private static let calls = [
        "open", "openat", "openat2", "creat", "socket", "socketpair", "connect", "bind", "sendto", "execve", "execveat",
        "symlink", "symlinkat", "link", "linkat", "rename", "renameat", "renameat2", "unlink", "unlinkat",
        "landlock_restrict_self", "seccomp",
    ]

    /// What is put before the program: a network that leads nowhere, and a trace for each thread.
    static func command(writingTo folder: URL) -> [String] {
        // the kernel passes over all other calls, which keeps the rest at full speed
        [
            "unshare", "--net", "strace", "--follow-forks", "--seccomp-bpf", "--decode-fds=path", "--signal=none",
            "--quiet=all", "--string-limit=4096", "--trace=" + calls.joined(separator: ","), "--output-separately",
            "--output=" + folder.appendingPathComponent("thread").path,
        ]
    }

    init(reading folder: URL) throws {
        threads = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
            return text.split(separator: "\n").compactMap(Self.call)
        }
    }

    var all: [Call] { threads.flatMap(\.self) }

    /// The main threads of the workers.
    var workers: [[Call]] {
        threads.filter { calls in
            calls.contains { $0.name == "execve" && !$0.isRefused && $0.text.contains("heygem-watch-render") }
        }
    }

    /// The real paths of all files that were opened.
    var opened: Set<String> {
        let opening: Set = ["open", "openat", "openat2", "creat"]
        return Set(all.filter { opening.contains($0.name) && !$0.isRefused }.compactMap { Self.path($0.text) })
    }

    /// The path behind the descriptor that a call gave: `= 7</srv/inbox/a.wav>`.
    private static func path(_ text: String) -> String? {
        guard let result = text.range(of: ") = ", options: .backwards),
            let start = text.range(of: "<", range: result.upperBound..<text.endIndex), text.hasSuffix(">")
        else { return nil }
        return String(text[start.upperBound...].dropLast())
    }

    private static func call(_ line: Substring) -> Call? {
        guard let open = line.firstIndex(of: "("), let result = line.range(of: ") = ", options: .backwards) else {
            return nil
        }
        return Call(
            name: String(line[..<open]), text: String(line), isRefused: line[result.upperBound...].hasPrefix("-1"))
    }
}
