package import Disk
package import SystemPackage

/// Decides when nobody is writing a file any more.
///
/// A file has settled when two looks, as far apart as the quiet it needs, find the same signature, no event came in
/// between, and no writer is left where this can be told. Pure: told of looks and of the time, which is a monotonic
/// one; never the files' own times, which writers set as they like.
package struct SettleMachine {
    /// What led to a look at a file.
    package enum Cause: Sendable {
        /// Something happened to it: its quiet begins anew.
        case event
        /// A scan came by: only another signature says that something happened.
        case scan
    }

    /// What a look at a file that is due has found.
    package enum Finding: Sendable {
        /// - hasWriter: nil where this can't be told.
        case file(FileSignature, hasWriter: Bool?)
        /// It couldn't be looked at for now.
        case unknown
    }

    private struct File {
        var signature: FileSignature
        /// The scan that saw it last.
        var scan: UInt32
    }

    private struct Quiet {
        /// When the file may be looked at for the second time, in nanoseconds: half of a `Duration`, of which a large
        /// copy needs many.
        private let deadlineTime: Int64
        /// When the queue's valid entry for it is due, at the deadline or earlier.
        private let queuedTime: Int64

        init(deadline: Duration, queued: Duration) {
            (deadlineTime, queuedTime) = (Self.nanoseconds(deadline), Self.nanoseconds(queued))
        }

        var deadline: Duration { .nanoseconds(deadlineTime) }
        var queued: Duration { .nanoseconds(queuedTime) }

        private static func nanoseconds(_ time: Duration) -> Int64 {
            // no longer than the number holds: 272 years
            min(time.components.seconds, 1 << 33) * 1_000_000_000 + time.components.attoseconds / 1_000_000_000
        }
    }

    /// Time between the two looks.
    package var settle: Duration
    /// The same in folders where it is another, by what is mounted there.
    var settles: [FilePath: Duration] = [:]
    private let minimumQuiet: @Sendable (FilePath, Int64) -> Duration
    private var files: [FilePath: File] = [:]
    /// Of the files that haven't settled; apart, for of 100,000 files most have.
    private var quiets: [FilePath: Quiet] = [:]
    private var queue = DeadlineQueue()
    private var scan: UInt32 = 0
    /// What is proven by other means to be whole as it stands: a short quiet is enough.
    private var hurried: Set<FilePath> = []

    /// The quiet of files that are hurried. Whoever hurries them compares their content afterwards, so this is only to
    /// spare the comparing of files that are obviously still being written.
    package static let shortQuiet = Duration.milliseconds(250)

    package init(
        settle: Duration = .seconds(2),
        minimumQuiet: @escaping @Sendable (_ path: FilePath, _ size: Int64) -> Duration = { _, _ in .zero }
    ) {
        self.settle = settle
        self.minimumQuiet = minimumQuiet
    }

    /// When `due` has something to give, at the latest.
    package var nextDeadline: Duration? { queue.first?.time }

    package var count: Int { files.count }

    package func knows(_ path: FilePath) -> Bool { files[path] != nil }

    /// A file was looked at.
    package mutating func saw(
        _ path: FilePath, _ signature: FileSignature, by cause: Cause, now: Duration
    ) -> WatchEvent? {
        guard let file = files.updateValue(File(signature: signature, scan: scan), forKey: path) else {
            rearm(path, size: signature.size, from: now)
            return .unsettled(path)
        }
        guard quiets[path] == nil else {
            if cause == .event || file.signature != signature { rearm(path, size: signature.size, from: now) }
            return nil
        }
        // blocks that grow are a sign of a writer; but the disk may still count anew when that is over
        guard !file.signature.isSameContent(as: signature) else { return nil }
        rearm(path, size: signature.size, from: now)
        return .unsettled(path)
    }

    /// The file isn't there any more.
    package mutating func lost(_ path: FilePath) -> WatchEvent? {
        // its entry in the queue is dropped when it comes up
        setQuiet(nil, of: path)
        return files.removeValue(forKey: path) == nil ? nil : .gone(path)
    }

    /// The files whose quiet time is over. Each must be answered by `inspected` or `lost` at once.
    package mutating func due(now: Duration) -> [FilePath] {
        var paths: [FilePath] = []
        while let first = queue.first, first.time <= now {
            _ = queue.removeFirst()
            // one entry a file counts, the others are of earlier plans
            guard let quiet = quiets[first.path], quiet.queued == first.time else { continue }
            if quiet.deadline <= now {
                paths.append(first.path)
            } else {
                quiets[first.path] = Quiet(deadline: quiet.deadline, queued: quiet.deadline)
                queue.insert(.init(time: quiet.deadline, path: first.path))
            }
        }
        return paths
    }

    /// A file that was due has been looked at again.
    package mutating func inspected(_ path: FilePath, _ finding: Finding, now: Duration) -> WatchEvent? {
        guard let file = files[path], quiets[path] != nil else { return nil }
        setQuiet(nil, of: path)
        if case .file(let signature, let hasWriter) = finding {
            // the one that is kept here anyway
            if signature == file.signature, hasWriter != true { return .settled(path, file.signature) }
            files[path]?.signature = signature
        }
        rearm(path, size: files[path]?.signature.size ?? 0, from: now)
        return nil
    }

    /// The quiet of a file begins anew.
    private mutating func rearm(_ path: FilePath, size: Int64, from now: Duration) {
        let quiet = max(settles.isEmpty ? settle : settle(of: path), minimumQuiet(path, size))
        let deadline = now + (hurried.contains(path) ? min(quiet, Self.shortQuiet) : quiet)
        // events come by the thousand: an entry that is due too early is put off when it comes up
        if let queued = quiets[path]?.queued, queued <= deadline {
            setQuiet(Quiet(deadline: deadline, queued: queued), of: path)
        } else {
            let quiet = Quiet(deadline: deadline, queued: deadline)
            setQuiet(quiet, of: path)
            queue.insert(.init(time: quiet.queued, path: path))
        }
    }

    private func settle(of path: FilePath) -> Duration {
        settles.reduce(settle) { path.starts(with: $1.key) ? max($0, $1.value) : $0 }
    }

    private mutating func setQuiet(_ quiet: Quiet?, of path: FilePath) {
        quiets[path] = quiet
        // gives the memory of a large scan back
        if quiets.isEmpty { quiets = [:] }
    }
}

// MARK: Hurrying

extension SettleMachine {
    /// From here on these files, and no others, need the short quiet only; that of those for which this is news begins
    /// anew.
    package mutating func hurry(_ paths: Set<FilePath>, now: Duration) {
        let news = hurried.symmetricDifference(paths)
        hurried = paths
        for path in news where quiets[path] != nil {
            rearm(path, size: files[path]?.signature.size ?? 0, from: now)
        }
    }
}

// MARK: Scans

extension SettleMachine {
    /// From here on, files that are seen count as seen by this scan.
    package mutating func beginScan() {
        scan &+= 1
    }

    /// Ends a scan of what `isCovered` says: files there that it hasn't seen are gone, but for those that couldn't be
    /// looked at.
    package mutating func endScan(
        where isCovered: (FilePath) -> Bool = { _ in true }, except isUnreachable: (FilePath) -> Bool
    ) -> [WatchEvent] {
        let missing = files.filter { path, file in
            file.scan != scan && isCovered(path) && !isUnreachable(path)
        }
        return missing.keys.compactMap { lost($0) }
    }

    /// Files that are gone all at once, with their folder.
    package mutating func lostAll(where isLost: (FilePath) -> Bool) -> [WatchEvent] {
        files.keys.filter(isLost).compactMap { lost($0) }
    }
}
