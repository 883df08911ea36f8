import Foundation
import Synchronization
import SystemPackage

/// The log on disk, rotated by size: `name.log`, `name.log.1`, ... A disk that is full or gone loses lines, never the
/// service.
final class LogFile: Sendable {
    /// The name that HeyGem's users know.
    static let name = "运行实时日志.log"

    private struct State {
        var handle: FileHandle?
        var bytes: UInt64
    }

    private let path: String
    private let limit: UInt64
    private let kept: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - limit: bytes after which a new file is begun.
    ///   - kept: older files that stay.
    init(folder: FilePath, limit: UInt64 = 10 << 20, kept: Int = 5) {
        path = folder.appending(Self.name).string
        self.limit = limit
        self.kept = kept
        state = Mutex(State(handle: nil, bytes: 0))
        try? FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
    }

    func write(_ line: String) {
        let data = Data((line + "\n").utf8)
        state.withLock { state in
            if state.handle != nil, state.bytes + UInt64(data.count) > limit {
                try? state.handle?.close()
                state.handle = nil
                rotate()
            }
            if state.handle == nil { open(&state) }
            guard (try? state.handle?.write(contentsOf: data)) != nil else { return }
            state.bytes += UInt64(data.count)
        }
    }

    private func open(_ state: inout State) {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        state.handle = FileHandle(forWritingAtPath: path)
        state.bytes = (try? state.handle?.seekToEnd()) ?? 0
    }

    private func rotate() {
        let files = FileManager.default
        try? files.removeItem(atPath: "\(path).\(kept)")
        for number in stride(from: kept - 1, through: 1, by: -1) {
            try? files.moveItem(atPath: "\(path).\(number)", toPath: "\(path).\(number + 1)")
        }
        try? files.moveItem(atPath: path, toPath: "\(path).1")
    }
}
