import Glibc
import SystemPackage

/// A process as it is named in a lock file.
struct LockHolder: Equatable {
    var process: Int32
    var host: String
    /// Local time with its offset from Greenwich.
    var since: String

    var text: String { "process \(process) on \(host) since \(since)" }

    /// nil for another text.
    init?(_ text: String?) {
        guard let words = text?.split(separator: " ", maxSplits: 5), words.count == 6, words[0] == "process",
            words[2] == "on", words[4] == "since", let process = Int32(words[1])
        else { return nil }
        (self.process, host, since) = (process, String(words[3]), String(words[5]))
    }

    private init(process: Int32, host: String, since: String) {
        (self.process, self.host, self.since) = (process, host, since)
    }

    /// The same for as long as the process lives, so that it knows its own.
    static let current = LockHolder(process: getpid(), host: thisHost, since: now)

    /// Whether it still runs; nil for one of another machine, of which nothing can be known.
    ///
    /// A number of ours is one of an earlier life: containers give the same ones again.
    var isAtWork: Bool? {
        guard host == Self.thisHost else { return nil }
        guard process != getpid(), kill(process, 0) == 0 || errno == EPERM else { return false }
        // a number may belong to something else by now
        return Self.name(of: process) == Self.name(of: getpid())
    }

    private static var thisHost: String {
        var name = utsname()
        _ = uname(&name)
        return withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static var now: String {
        var (seconds, parts) = (time(nil), tm())
        localtime_r(&seconds, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
            guard let text = buffer.baseAddress, strftime(text, buffer.count, "%Y-%m-%d %H:%M:%S %z", &parts) > 0
            else { return "" }
            return String(cString: text)
        }
    }

    private static func name(of process: Int32) -> String? {
        guard let folder = try? Folder(opening: "/proc"), let name = FilePath.Component("\(process)"),
            let bytes = try? folder.contents(of: FilePath(root: nil, [name, "comm"]), limit: 100)
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
