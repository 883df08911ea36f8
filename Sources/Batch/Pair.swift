package import SystemPackage

/// One audio with one avatar in the content that they had when both were there: identifies one render.
package struct Pair: Hashable, Sendable {
    package let folder: BatchFolder
    package let audio: FilePath
    /// Absolute where it is the configuration's default avatar, which lies outside the inbox.
    package let avatar: FilePath
    /// `<stem>.face.json` beside the avatar.
    package let points: FilePath?
    /// Number of the audio's content. A file gets a new one each time it settles; no two contents of an inbox share one.
    package let audioRevision: UInt64
    /// 0 for the configuration's default avatar.
    package let avatarRevision: UInt64
    package let pointsRevision: UInt64?

    /// Each file that it is made of and that lies in the inbox.
    package var files: [FilePath] { [audio, avatar, points].compactMap(\.self).filter(\.isRelative) }

    /// For people: the path within the batch of the file that the item is named after, without ending.
    package var label: String {
        let named = speaksForMany ? avatar : audio
        let folders = named.components.dropLast().dropFirst(folder == .loose ? 0 : 1).map(\.string)
        return (folders + [named.stem ?? named.string]).joined(separator: "/")
    }

    /// An `audio.*` with an avatar that has a name of its own.
    private var speaksForMany: Bool {
        guard let voice = Place(audio), let face = Place(avatar) else { return false }
        let stem = Stem(face.path)
        return Stem(voice.path) == .audio && stem != .audio && stem != .avatar
    }
}
