import Foundation

/// How much of the log stays.
package struct LogLimits: Sendable, Equatable {
    /// So long after its last line an older file goes; nil: never.
    package var keep: Duration?
    /// Bytes of all files together.
    package var bytes: Int64

    package init(keep: Duration? = .seconds(90 * 86_400), bytes: Int64 = 60_000_000) {
        (self.keep, self.bytes) = (keep, bytes)
    }

    /// A sixth of all: with five older files there is always something to read of what came before.
    private static let files = 6

    /// Bytes after which a new file is begun.
    var fileBytes: Int64 { max(1, bytes / Int64(Self.files)) }

    /// Whether a file whose first line is of this time holds enough: where little is logged, what is older than `keep`
    /// would never go otherwise.
    func isLong(since first: Date, now: Date) -> Bool {
        keep.map { now.timeIntervalSince(first) > $0 / .seconds(Self.files) } ?? false
    }

    /// An older file.
    struct OldFile: Equatable {
        /// 1 is the newest.
        var number: Int
        var bytes: Int64
        var lastLine: Date
    }

    /// Which of the older files go, so that with a full new one all are within the limits.
    func excess(of files: [OldFile], now: Date) -> [Int] {
        var total = fileBytes
        return files.sorted { $0.number < $1.number }.compactMap { file in
            total += file.bytes
            let isOld = keep.map { now.timeIntervalSince(file.lastLine) > $0 / .seconds(1) } ?? false
            return isOld || total > bytes ? file.number : nil
        }
    }
}
