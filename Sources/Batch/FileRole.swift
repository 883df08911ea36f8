/// What a file is for, told by its name alone.
package enum FileRole: Hashable, Sendable {
    /// A file to be spoken.
    case audio
    /// A face: a still or a video.
    case avatar
    /// `<stem>.face.json`: points of the face in the avatar of that stem.
    case points
    /// `batch.ready`, `*.batch` or what the configuration says, each also with `.txt`: "this batch is complete".
    case marker
    /// `items.csv`: what names alone can't say.
    case table
    /// `SHA256SUMS`: the files it lists are complete exactly when they match.
    case checksums
    /// A picture, recording, video or document of a kind that can't be used: see ``ForeignFormat``.
    case foreign
    /// Any other ending.
    case other

    static let audioEndings: Set<String> = Set(audioRanks.keys)
    /// The better candidate for `audio.*` first.
    static let audioRanks = ranks([
        "wav", "mp3", "mpga", "m4a", "m4b", "aac", "flac", "ogg", "oga", "opus", "wma", "aiff", "aif", "aifc", "caf",
    ])
    /// The better candidate first: a video moves by itself, and lossless pictures come before lossy ones.
    static let avatarEndings = [
        "mp4", "mov", "mkv", "webm", "avi", "m4v", "png", "jpg", "jpeg", "jfif", "jpe", "webp", "bmp",
    ]
    static let avatarRanks = ranks(avatarEndings)

    private static func ranks(_ endings: [String]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: endings.enumerated().map { ($1, $0) })
    }
}
