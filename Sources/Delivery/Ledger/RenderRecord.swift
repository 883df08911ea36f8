package import Foundation
package import Render
package import SystemPackage
package import Words

/// What the picture and sound of a render follow from: the same content gives the same video.
package struct RenderContent: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits, as all hashes here.
    package var audioSHA256: String
    package var avatarSHA256: String
    /// nil without a `<stem>.face.json`.
    package var pointsSHA256: String?
    package var engine: EngineIdentity

    package init(audioSHA256: String, avatarSHA256: String, pointsSHA256: String?, engine: EngineIdentity) {
        self.audioSHA256 = audioSHA256
        self.avatarSHA256 = avatarSHA256
        self.pointsSHA256 = pointsSHA256
        self.engine = engine
    }
}

package enum RenderState: String, Sendable {
    /// Waits for a free worker.
    case queued
    /// A worker is at it.
    case running
    /// The video stands in the work folder.
    case ok
    /// The input is unusable.
    case rejected
    /// The engine gave up.
    case failed
    /// Nobody needed it any more before it ended.
    case dropped
}

/// One render as the ledger knows it.
package struct RenderRecord: Hashable, Sendable {
    /// Empty where its files could never be read, as there is no content then.
    package var key: String
    package var content: RenderContent?
    package var state: RenderState
    /// Why there is no video.
    package var problem: Problem?
    /// Of a video that is there.
    package var facts: VideoFacts?
    package var queuedAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?
    /// How often a worker was started for it, whatever came of it.
    package var attempts: Int
    /// Attempts that the engine gave up, since it was last queued anew.
    package var failures: Int
    /// Attempts in which the service was killed, since it was last queued anew.
    package var interruptions: Int
}

/// One start of a worker.
package struct AttemptRecord: Hashable, Sendable {
    package var id: Int64
    package var render: String
    /// 1 for a render's first.
    package var number: Int
    /// Relative to the work folder.
    package var output: FilePath
}

/// How an attempt ended.
package enum AttemptEnd: Sendable {
    case ok(VideoFacts)
    case rejected(Problem)
    /// The engine gave up; `isLast` when it is not tried again.
    case failed(Problem, isLast: Bool)
    /// Ended by us, in order: a shutdown, or nobody needs it. Counts for nothing.
    case handedBack
    /// An input changed while it was rendered: the video is of no use.
    case discarded
    /// Disk or ledger refused before there was a worker: it was no attempt.
    case notStarted(String)
    /// Disk or ledger refused: tried again when they are back.
    case obstructed(String)
}
