package import Disk
package import Foundation
import GRDB
import Render
import SystemPackage
import Watch
import Words

/// Removes finished videos from the work folder that nobody is likely to need again.
///
/// A retry of something whose video is gone renders it anew, so nothing is lost by it but time.
package struct Janitor: Sendable {
    private let ledger: Ledger
    private let work: Folder
    private let settings: Settings
    private let date: @Sendable () -> Date
    /// Since this was made.
    private let elapsed: @Sendable () -> Duration

    /// So long after the start no video goes before its time: open batches have to tell first what they need.
    private static let patience = Duration.seconds(3600)

    package struct Settings: Sendable {
        /// How long a video stays after its last use.
        package var keepVideos: Duration
        /// Bytes that are to be free in the work folder: when there are fewer the oldest videos go before their time.
        package var minFree: UInt64

        package init(keepVideos: Duration = .seconds(14 * 86_400), minFree: UInt64 = 1_000_000_000) {
            (self.keepVideos, self.minFree) = (keepVideos, minFree)
        }
    }

    /// What a sweep did.
    package struct Outcome: Hashable, Sendable {
        package var removed = 0
        package var bytes: Int64 = 0
        /// Whether less than `minFree` is free, and there is nothing left to remove; nil when it is too early to tell.
        package var isShort: Bool?
    }

    /// - Parameter clock: for the time since the start; this is to be made then.
    package init<C: Clock<Duration>>(
        ledger: Ledger, work: Folder, settings: Settings = Settings(), clock: C = IdleClock(),
        date: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.ledger, self.work, self.settings, self.date) = (ledger, work, settings, date)
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
    }

    /// To be called at the start, after deliveries and once a day.
    ///
    /// - Parameter needed: the keys of renders that somebody waits for: all orders of open batches, whether they have
    ///   ended or not, and pending retries; nil while that can't be told. Asked anew before each video goes. What an
    ///   unfinished delivery needs, the ledger knows.
    package func sweep(needed: @Sendable () async -> Set<String>?) async throws(Obstruction) -> Outcome {
        do {
            try await removeStaleAttempts()
            var outcome = Outcome()
            let oldest = date().addingTimeInterval(-settings.keepVideos.seconds)
            try await clearNotebooks(before: oldest)
            for video in try await candidates() {
                let isOld = video.lastUse < oldest
                guard try isOld || isShort() else { break }
                guard isOld || elapsed() >= Self.patience, let needed = await needed() else { return outcome }
                if needed.contains(video.key) { continue }
                // only then: what a batch needs is in the ledger before the queue forgets it
                if try await ledger.isVideoNeeded(video.key) { continue }
                // the ledger first: it never tells of a video that is not there
                try await ledger.forgetVideo(video.key)
                remove(WorkFolder.video(video.key))
                outcome.removed += 1
                outcome.bytes += video.bytes
            }
            outcome.isShort = try isShort()
            return outcome
        } catch {
            throw Obstruction(error, doing: Phrase("clearing the work folder", zh: "清理工作文件夹"))
        }
    }

    private func isShort() throws(Errno) -> Bool { try work.freeBytes() < settings.minFree }

    /// Outputs of attempts that have ended. One that begins now is in the ledger before its file is there.
    private func removeStaleAttempts() async throws {
        let files = try await offPool { [work] in
            do { return try work.entries(of: WorkFolder.attempts) } catch Errno.noSuchFileOrDirectory { return [] }
        }
        guard !files.isEmpty else { return }
        let running = try await ledger.runningOutputs()
        for file in files where file.kind == .regular {
            let path = WorkFolder.attempts.appending(file.name)
            if !running.contains(path) { remove(path) }
        }
    }

    /// Made anew in seconds: where room is short they go before any video.
    private func clearNotebooks(before oldest: Date) async throws {
        let isShort = try isShort()
        try await offPool { [work] in
            // as long ago as the number reaches is as good as never
            let modified = Int64(max(oldest.timeIntervalSince1970 * 1e9, -9e18))
            if isShort {
                try NotebookShelf.clear(work, most: 0)
            } else {
                try NotebookShelf.clear(work, before: modified)
            }
        }
    }

    private struct Video {
        var key: String
        var bytes: Int64
        var lastUse: Date
    }

    /// Those that may go, the one that was not used for the longest time first.
    private func candidates() async throws -> [Video] {
        let found = try await offPool { [work] in try Self.videos(in: work) }
        let uses = try await ledger.videoUses()
        let videos = found.compactMap { key, status -> Video? in
            guard uses[key]?.isNeeded != true else { return nil }
            let modified = Date(timeIntervalSince1970: Double(status.signature.modified) / 1e9)
            let lastUse = max(modified, uses[key]?.last ?? modified)
            return Video(key: key, bytes: status.signature.size, lastUse: lastUse)
        }
        return videos.sorted { ($0.lastUse, $0.key) < ($1.lastUse, $1.key) }
    }

    /// By their keys.
    private static func videos(in work: Folder) throws(Errno) -> [String: FileStatus] {
        var videos: [String: FileStatus] = [:]
        try work.forEachEntry(of: "") { entry, status in
            guard entry.kind == .regular, entry.name.extension == "mp4" else { return }
            if let status = status() { videos[entry.name.stem] = status }
        }
        return videos
    }

    private func remove(_ path: FilePath) { try? work.remove(path) }
}

extension Ledger {
    /// Whether a delivery that is not packed yet needs it.
    fileprivate func isVideoNeeded(_ key: String) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM item JOIN delivery ON delivery.batch = item.batch
                        WHERE item.render = ? AND delivery.step IN ('closed', 'planned'))
                    """, arguments: [key]) ?? false
        }
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
