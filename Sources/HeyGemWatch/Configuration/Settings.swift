package import Batch
package import Delivery
package import Render
package import SystemPackage

/// What can be set; ``Settings/keys`` says what each means.
package struct Settings: Sendable, Equatable {
    package var inbox: FilePath?
    package var outbox: FilePath?
    package var state: FilePath?

    package var watch = WatchMode.auto
    /// nil: by the file system.
    package var settle: Duration?
    /// nil: by the file system.
    package var folderQuiet: Duration?
    package var lateGrace: Duration = .seconds(30)
    package var incompleteGrace: Duration = .seconds(600)
    package var rescan: Duration = .seconds(300)
    package var poll: Duration = .seconds(10)
    package var markers = BatchRules.standardPatterns
    /// nil: a folder without marker is never closed.
    package var closeAfter: Duration?
    package var expectTimeout: Duration = .seconds(86_400)
    package var defaultAvatar: FilePath?

    package var workers = 1
    package var life = WorkerJob.Life.calm
    package var quality = WorkerJob.Quality.normal
    package var maxHeight = 1080
    package var maxAudio: Duration = .seconds(3600)
    /// `#RRGGBB`
    package var background = "#EDEDED"
    package var slowRender: Duration = .seconds(1200)
    package var slowRenderFactor = 40.0
    package var slowPack: Duration = .seconds(300)
    package var hardLimitFactor = 3.0
    package var giveUpAfter: Duration = .seconds(86_400)

    package var afterDelivery = AfterDelivery.archive
    package var keepVideos: Duration = .seconds(14 * 86_400)
    /// Bytes.
    package var minFree: Int64 = 1_000_000_000
    /// Bytes; nil for ZIPs of any size.
    package var maxZipSize: Int64?
    /// Names or numbers.
    package var owner: String?
    package var group: String?
    package var mode: UInt32 = 0o644

    /// nil: for ever, as in the four below.
    package var keepResults: Duration?
    package var keepArchive: Duration?
    /// Bytes.
    package var maxArchive: Int64?
    package var keepHistory: Duration?
    /// Bytes of the ledger.
    package var maxHistory: Int64?
    package var keepLogs: Duration? = .seconds(90 * 86_400)
    /// Bytes.
    package var maxLogs: Int64 = 60_000_000

    package var language = LanguageChoice.auto
    package var statusFile = true
    package var logLevel = "info"

    package init() {}

    /// How changes in the inbox become known.
    package enum WatchMode: String, CaseIterable, Sendable {
        case auto, inotify, poll
    }

    package enum LanguageChoice: String, CaseIterable, Sendable {
        case en, zh, auto
    }
}
