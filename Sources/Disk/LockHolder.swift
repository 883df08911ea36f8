import Glibc
import SystemPackage

/// A process as it is named in a lock file.
struct LockHolder: Equatable {
    var process: Int32
    var host: String
    /// Local time with its offset from Greenwich.
    var since: String
    /// Where its number is of use: the running kernel and its numbers of processes, which are others in each container.
    /// Machines may have the same name. nil where that isn't told.
    var origin: String?

    var text: String {
        "process \(process) on \(host) since \(since)" + (origin.map { " [\($0)]" } ?? "")
    }

    /// nil for another text.
    init?(_ text: String?) {
        guard let words = text?.split(separator: " ", maxSplits: 5), words.count == 6, words[0] == "process",
            words[2] == "on", words[4] == "since", let process = Int32(words[1])
        else { return nil }
        (self.process, host) = (process, String(words[3]))
        let rest = words[5].split(separator: " [", maxSplits: 1)
        since = String(rest.first ?? "")
        origin = rest.count == 2 ? String(rest[1].prefix { $0 != "]" }) : nil
    }

    private init(process: Int32, host: String, since: String, origin: String?) {
        (self.process, self.host, self.since, self.origin) = (process, host, since, origin)
    }

    /// The same for as long as the process lives, so that it knows its own.
    static let current = LockHolder(process: getpid(), host: thisHost, since: now, origin: thisOrigin)

    /// Whether it still runs; nil where that can't be known, as of another machine, or of this one before its last
    /// start.
    ///
    /// A number of ours is one of an earlier life: containers give the same ones again.
    var isAtWork: Bool? {
        guard let origin, origin == Self.current.origin, host == Self.current.host else { return nil }
        guard process != getpid(), kill(process, 0) == 0 || errno != ESRCH else { return false }
        guard let name = Self.name(of: process), let ours = Self.name(of: getpid()) else { return nil }
        // a number may belong to something else by now
        return name == ours
    }

    private static var thisOrigin: String? {
        guard let boot = text(of: "/proc/sys/kernel/random/boot_id"), !boot.isEmpty, let numbers = linkOfNumbers else {
            return nil
        }
        return "boot \(boot) \(numbers)"
    }

    /// For example `pid:4026531836`.
    private static var linkOfNumbers: String? {
        // a name and a number of 32 bits
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink("/proc/self/ns/pid", start.assumingMemoryBound(to: CChar.self), buffer.count)
            guard count > 0 else { return nil }
            // its brackets would end ours
            return String(decoding: buffer[..<count], as: UTF8.self).filter { $0 != "[" && $0 != "]" }
        }
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

    private static func name(of process: Int32) -> String? { text(of: FilePath("/proc/\(process)/comm")) }

    /// The first line of a file of /proc, which are short.
    private static func text(of path: FilePath) -> String? {
        guard let name = path.lastComponent, let folder = try? Folder(opening: path.removingLastComponent()),
            let bytes = try? folder.contents(of: FilePath(root: nil, [name]), limit: 100)
        else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
