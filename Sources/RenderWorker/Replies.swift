import FoundationEssentials
import Glibc
import Render

/// Standard output, one JSON line a reply; standard error, words for the log.
enum Replies {
    static func send(_ reply: WorkerReply) {
        write(reply, to: STDOUT_FILENO)
    }

    static func write(_ value: some Encodable, to descriptor: Int32) {
        guard let line = try? JSONEncoder().encode(value) else { return }
        _ = OutputFile(descriptor: descriptor).append([UInt8](line) + [UInt8(ascii: "\n")])
    }

    static func log(_ words: String) {
        _ = OutputFile(descriptor: STDERR_FILENO).append(Array((words + "\n").utf8))
    }
}
