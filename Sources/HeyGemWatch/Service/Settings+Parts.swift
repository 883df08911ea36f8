import Batch
import Delivery
import Disk
import Foundation
import Render
import SystemPackage
import Watch

/// What each part of a service gets of the settings.
extension Settings {
    var watching: WatchSettings {
        var watching = WatchSettings()
        watching.mode = watch.mode
        watching.poll = poll
        watching.settle = settle
        watching.rescan = rescan
        let (lateGrace, markers) = (lateGrace, markers)
        // an empty audio or avatar is probably one whose copying has only begun
        watching.minimumQuiet = { path, size in size == 0 && Inbox.isMedia(path) ? lateGrace : .zero }
        watching.isOwnFile = { path in path.lastComponent.map { Inbox.isOwnNote($0, patterns: markers) } ?? false }
        return watching
    }

    /// - Parameter kind: of the inbox's file system; nil while it is away: it may be the slowest.
    func batchRules(on kind: FileSystemKind?) -> BatchRules {
        BatchRules(
            folderQuiet: folderQuiet(on: kind ?? FileSystemKind(magic: 0, type: "nfs")), lateGrace: lateGrace,
            patterns: markers,
            closeAfter: closeAfter,
            expectTimeout: expectTimeout, incompleteGrace: incompleteGrace,
            defaultAvatar: defaultAvatar.map(Self.absolute))
    }

    func folderQuiet(on kind: FileSystemKind) -> Duration {
        folderQuiet
            ?? WatchSettings.standardFolderQuiet(
                on: kind, settle: settle ?? WatchSettings.standardSettle(on: kind))
    }

    /// What workers make of inputs; part of a render's key where it changes the picture.
    var workerLimits: WorkerJob.Limits {
        WorkerJob.Limits(
            audioSeconds: maxAudio / .seconds(1), height: maxHeight, background: background, quality: quality)
    }

    var renderTime: TimeLimits {
        TimeLimits(slow: slowRender, slowFactor: slowRenderFactor, hardFactor: hardLimitFactor)
    }

    var rendering: RenderQueueSettings {
        RenderQueueSettings(
            workers: workers, giveUpAfter: giveUpAfter, minFree: UInt64(clamping: minFree), time: renderTime)
    }

    var janitor: Janitor.Settings {
        Janitor.Settings(keepVideos: keepVideos, minFree: UInt64(clamping: minFree))
    }

    var retention: RetentionSettings {
        RetentionSettings(
            keepResults: keepResults, keepArchive: keepArchive, maxArchive: maxArchive, keepHistory: keepHistory,
            maxHistory: maxHistory)
    }

    var logLimits: LogLimits { LogLimits(keep: keepLogs, bytes: maxLogs) }

    /// - Throws: for an owner or a group that this machine doesn't know.
    func publishing() throws(CommandFailure) -> PublisherSettings {
        PublisherSettings(
            afterDelivery: afterDelivery, owner: try Self.account("owner", owner, Account.userID),
            group: try Self.account("group", group, Account.groupID), mode: mode, language: spokenLanguage,
            failedMarker: PublisherSettings.markerName(patterns: markers.map(\.glob)),
            packLimits: PackLimits(soft: slowPack, factor: hardLimitFactor), minFree: UInt64(clamping: minFree),
            maxZipSize: maxZipSize.map { UInt64(clamping: $0) })
    }

    private static func account(
        _ key: String, _ name: String?, _ look: (String) -> UInt32?
    ) throws(CommandFailure) -> UInt32? {
        guard let name else { return nil }
        guard let number = look(name) else {
            throw CommandFailure(
                .configuration, "\(key): this machine knows no \(key == "owner" ? "user" : "group") “\(name)”.")
        }
        return number
    }

    /// Relative paths are those from the folder where the service was started. Of an absolute one `..` stays: what is
    /// before it may be a symlink.
    static func absolute(_ path: FilePath) -> FilePath {
        guard path.isRelative else {
            return FilePath(root: path.root, path.components.filter { $0.kind != .currentDirectory })
        }
        return FilePath(FileManager.default.currentDirectoryPath).pushing(path).lexicallyNormalized()
    }
}

extension Settings.WatchMode {
    fileprivate var mode: WatchSettings.Mode {
        switch self {
        case .auto: .auto
        case .inotify: .inotify
        case .poll: .poll
        }
    }
}
