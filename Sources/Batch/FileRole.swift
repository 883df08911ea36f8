/// What a file is for, told by its name alone.
package enum FileRole: Hashable, Sendable {
    /// A file to be spoken.
    case audio
    /// A face: a still or a video.
    case avatar
    /// `<stem>.face.json`: points of the face in the avatar of that stem.
    case points
    /// `batch.ready` or `*.batch`, each also with `.txt`: says "this batch is complete".
    case marker
    /// `items.csv`: what names alone can't say.
    case table
    /// `SHA256SUMS`: the files it lists are complete exactly when they match.
    case checksums
    /// Any other ending.
    case other

    static let audioEndings: Set<String> = [
        "wav", "mp3", "m4a", "aac", "flac", "ogg", "opus", "wma", "aiff", "caf",
    ]
    /// The better candidate first: a video moves by itself, and lossless pictures come before lossy ones.
    static let avatarEndings = [
        "mp4", "mov", "mkv", "webm", "avi", "m4v", "png", "jpg", "jpeg", "webp", "bmp",
    ]
    static let avatarRanks = Dictionary(uniqueKeysWithValues: avatarEndings.enumerated().map { ($1, $0) })
}
