package import Batch
package import Delivery
package import Render
package import SystemPackage

/// What can be set; ``Settings/keys`` says what each means.
package struct Settings: Sendable, Equatable {
    package var inbox: FilePath?
    package var outbox: FilePath?
    package var state: FilePath?

    package var settle: Duration = .seconds(2)
    package var folderQuiet: Duration = .seconds(5)
    package var lateGrace: Duration = .seconds(30)
    package var rescan: Duration = .seconds(300)
    package var markers = BatchRules.standardPatterns
    /// nil: a folder without marker is never closed.
    package var closeAfter: Duration?
    package var expectTimeout: Duration = .seconds(86_400)
    package var defaultAvatar: FilePath?

    package var workers = 1
    package var life = WorkerJob.Life.calm
    package var maxHeight = 1080
    package var maxAudio: Duration = .seconds(3600)
    /// `#RRGGBB`
    package var background = "#EDEDED"
    package var slowRender: Duration = .seconds(1200)
    package var slowRenderFactor = 40.0
    package var slowPack: Duration = .seconds(300)
    package var hardLimitFactor = 3.0

    package var afterDelivery = AfterDelivery.archive
    package var keepVideos: Duration = .seconds(14 * 86_400)
    /// Bytes.
    package var minFree: Int64 = 1_000_000_000
    /// Names or numbers.
    package var owner: String?
    package var group: String?
    package var mode: UInt32 = 0o644

    package var language = LanguageChoice.auto
    package var statusFile = true
    package var logLevel = "info"

    package init() {}

    package enum LanguageChoice: String, CaseIterable, Sendable {
        case en, zh, auto
    }
}
