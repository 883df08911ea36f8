import Disk
package import Foundation
import Synchronization
package import SystemPackage

/// The log on disk, rotated by size and age: `name.log`, `name.log.1`, ...
///
/// A disk that is full or gone loses lines, never the service; how many, the log says when it can be written again.
/// Somebody else may move, remove or empty the file at any time.
package final class LogFile: Sendable {
    /// The name that HeyGem's users know.
    package static let name = "运行实时日志.log"

    private struct State {
        var open: OpenLog?
        var lost: Lost?
    }

    /// Lines that could not be written.
    package struct Lost: Sendable {
        package var lines = 0
        /// When the first of them was.
        package var since: Date
        /// Why the first of them was.
        package var why: Errno
    }

    private let folder: FilePath
    private let shelf: LogShelf
    private let date: @Sendable () -> Date
    private let notice: @Sendable (Lost) -> String
    private let state = Mutex(State())

    /// - Parameter notice: the line that tells of lost ones.
    package init(
        folder: FilePath, limits: LogLimits = LogLimits(), date: @escaping @Sendable () -> Date = { Date() },
        notice: @escaping @Sendable (Lost) -> String
    ) {
        self.folder = folder
        (self.date, self.notice) = (date, notice)
        shelf = LogShelf(folder: folder, name: Self.name, limits: limits)
        try? FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        tidy()
    }

    /// Writes a line, which is one: whole, in the order of the calls, or not at all.
    package func write(_ line: String) {
        state.withLock { state in
            do throws(Errno) {
                // both or none: what has room only for the one is not mended yet
                let lines = (state.lost.map { [notice($0)] } ?? []) + [line]
                try append(lines.joined(separator: "\n"), &state.open)
                state.lost = nil
            } catch {
                state.open = nil
                var lost = state.lost ?? Lost(since: date(), why: error)
                lost.lines += 1
                state.lost = lost
            }
        }
    }

    /// Gives up older files whose time has come: to be called from time to time, for it needs no line to be written.
    package func tidy() {
        // what can't be removed now is looked at again with the next
        state.withLock { _ in try? shelf.tidy(now: date()) }
    }

    private func append(_ line: String, _ current: inout OpenLog?) throws(Errno) {
        let bytes = Array((line + "\n").utf8)
        var log = try present(current)
        let isFull = log.size + Int64(bytes.count) > shelf.limits.fileBytes
        if log.size > 0, isFull || shelf.limits.isLong(since: log.firstLine, now: date()) {
            // where it can't be put away it grows: no line is lost for that
            if (try? shelf.put(now: date())) != nil { log = try OpenLog(path, now: date()) }
        }
        current = log
        try log.append(bytes)
    }

    /// The file that stands there now: somebody may have moved or removed the one that was open.
    private func present(_ current: OpenLog?) throws(Errno) -> OpenLog {
        if let current, current.stands(at: path) { return current }
        // the folder too may have gone
        try? FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        return try OpenLog(path, now: date())
    }

    private var path: FilePath { folder.appending(Self.name) }
}
