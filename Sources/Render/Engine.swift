package import Disk
package import Words

/// What turns one audio and one avatar into a video: the built-in engine today, HeyGem or a command line later.
package protocol Engine: Sendable {
    /// Part of the key of a render: a video is used again only while name, version and settings are the same.
    var identity: EngineIdentity { get }

    /// Renders one item and checks the result with a fresh process before it says `ok`.
    ///
    /// Never throws: what goes wrong with an item is a value. When the task is cancelled, the worker and all of its
    /// process group are ended before this returns `.interrupted`.
    func render(_ request: RenderRequest, progress: @escaping @Sendable (RenderProgress) -> Void) async -> RenderOutcome
}

package struct EngineIdentity: Hashable, Sendable, Codable {
    /// For example `builtin`; stands in the CSV.
    package var name: String
    /// Raised when the same inputs would give another picture.
    package var version: String
    /// The settings that change the picture, in a stable spelling.
    package var settings: String

    package init(name: String, version: String, settings: String) {
        self.name = name
        self.version = version
        self.settings = settings
    }
}

/// An open input. The name is for messages and for guessing the format, never for opening.
package struct RenderInput: Sendable {
    package var file: OpenFile
    package var name: String
    /// Of its content, 64 lower-case hexadecimal digits, where somebody has read it already.
    package var sha256: String?

    package init(file: OpenFile, name: String, sha256: String? = nil) {
        self.file = file
        self.name = name
        self.sha256 = sha256
    }
}

package struct RenderRequest: Sendable {
    package var audio: RenderInput
    package var avatar: RenderInput
    /// The `<stem>.face.json` beside the avatar.
    package var points: RenderInput?
    /// A new, empty file that the worker writes; on `.ok` it holds the video, fsynced.
    package var output: OpenFile

    package init(audio: RenderInput, avatar: RenderInput, points: RenderInput?, output: OpenFile) {
        self.audio = audio
        self.avatar = avatar
        self.points = points
        self.output = output
    }
}

package struct RenderProgress: Hashable, Sendable, Codable {
    package var frame: Int
    /// 0 while it is not known yet.
    package var frames: Int
    /// Of the audio; nil while they are not known.
    package var seconds: Double?

    package init(frame: Int, frames: Int, seconds: Double? = nil) {
        self.frame = frame
        self.frames = frames
        self.seconds = seconds
    }
}

package enum RenderOutcome: Hashable, Sendable {
    /// Rendered, and found right by a fresh worker.
    case ok(VideoFacts)
    /// The input is unusable; replace it.
    case rejected(Problem)
    /// The engine gave up; trying again may help.
    case failed(Problem)
    /// The task was cancelled; nothing is said about the item.
    case interrupted
}

/// What the fresh worker read from the finished video; the CSV's columns.
package struct VideoFacts: Hashable, Sendable, Codable {
    package var audioSeconds: Double
    package var videoSeconds: Double
    package var width: Int
    package var height: Int
    package var fps: Double
    package var videoCodec: String
    package var audioCodec: String
    package var bytes: Int64
    package var crc32: UInt32
    /// 64 lower-case hexadecimal digits.
    package var sha256: String
    /// The file that these are of, once it is kept; nil where it isn't known.
    package var file: FileSignature?
    /// What the engine did that the user may want to know, for example that a large picture was reduced.
    package var note: Phrase

    package init(
        audioSeconds: Double, videoSeconds: Double, width: Int, height: Int, fps: Double, videoCodec: String,
        audioCodec: String, bytes: Int64, crc32: UInt32, sha256: String, note: Phrase
    ) {
        self.audioSeconds = audioSeconds
        self.videoSeconds = videoSeconds
        self.width = width
        self.height = height
        self.fps = fps
        self.videoCodec = videoCodec
        self.audioCodec = audioCodec
        self.bytes = bytes
        self.crc32 = crc32
        self.sha256 = sha256
        self.note = note
    }
}
