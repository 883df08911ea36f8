package import SystemPackage

/// One audio with one avatar in the content that they had when both were there: identifies one render.
package struct Pair: Hashable, Sendable {
    package let folder: BatchFolder
    package let audio: FilePath
    package let avatar: FilePath
    /// `<stem>.face.json` beside the avatar.
    package let points: FilePath?
    /// Number of the audio's content. A file gets a new one each time it settles; no two contents of an inbox share one.
    package let audioRevision: UInt64
    package let avatarRevision: UInt64
    package let pointsRevision: UInt64?
}
