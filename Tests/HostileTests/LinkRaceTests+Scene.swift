import Foundation
import Synchronization
import TestPrograms
import Testing

extension LinkRaceTests {
    /// An inbox with links that lead to a folder outside of it.
    struct Scene {
        static let harmless: [UInt8] = Array("harmless".utf8)
        static let outsideContents = ["file.wav": "secret", "one.wav": "secret", "only-outside.wav": "secret"]

        let share: Share

        init(_ share: Share) throws {
            self.share = share
            let files = FileManager.default
            let outside = share.root.appendingPathComponent("outside")
            try files.createDirectory(at: outside, withIntermediateDirectories: true)
            for (name, text) in Self.outsideContents {
                try Data(text.utf8).write(to: outside.appendingPathComponent(name))
            }
            try share.drop(Data(Self.harmless), "b/file.wav")
            try files.createDirectory(atPath: inbox("_archive"), withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: inbox(".link"), withDestinationPath: outside.path + "/file.wav")
            try files.createSymbolicLink(atPath: inbox(".folder-link"), withDestinationPath: outside.path)
        }

        func inbox(_ path: String) -> String { share.inbox.appendingPathComponent(path).path }

        /// What lies outside, by name.
        func outside() throws -> [String: String] {
            let folder = share.root.appendingPathComponent("outside")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            return try Dictionary(
                uniqueKeysWithValues: names.map {
                    ($0, try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
                })
        }
    }
}

/// A thread that puts two names in each other's place again and again.
final class Swapper: Sendable {
    private struct State {
        var count = 0
        var isEnding = false
    }

    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)

    /// Times that both have stood in the other's place.
    var count: Int { state.withLock { $0.count } }

    /// - Parameters:
    ///   - pause: milliseconds in each of the two orders; 0: as quick as can be.
    ///   - times: ends by itself after so many.
    init(_ path: String, with other: String, pause: UInt32 = 0, times: Int = .max) {
        Thread.detachNewThread { [self] in
            let free = other + ".swapped"
            // ends where it began
            while true {
                for _ in 0..<2 {
                    rename(path, free)
                    rename(other, path)
                    rename(free, other)
                    if pause > 0 { usleep(pause * 1000) }
                }
                let isEnding = state.withLock { state in
                    state.count += 1
                    return state.isEnding || state.count >= times
                }
                if isEnding { break }
            }
            finished.signal()
        }
    }

    /// Returns when everything stands where it stood at first; may be called again.
    func end() {
        state.withLock { $0.isEnding = true }
        finish()
    }

    /// The same, when all times are over.
    func finish() {
        finished.wait()
        finished.signal()
    }
}
