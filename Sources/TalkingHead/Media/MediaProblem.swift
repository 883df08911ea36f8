/// Why a file can't be used or a video can't be made.
package struct MediaProblem: Error, Hashable, Sendable {
    /// A stable code: one of the raw values of `Render.Problem.Reason`.
    package var reason: String
    /// A sentence for people: what is wrong with which file, and what to do next.
    package var message: String

    package init(reason: String, message: String) {
        self.reason = reason
        self.message = message
    }
}

extension MediaProblem {
    static func empty(_ name: String) -> Self {
        Self(reason: "empty", message: "\(name) is empty. Copy it again.")
    }

    static func silent(_ name: String) -> Self {
        Self(reason: "empty", message: "\(name) holds no sound: it is 0 seconds long. Record or export it again.")
    }

    static func undecodable(_ name: String, wanted: MediaRole) -> Self {
        Self(
            reason: "undecodable",
            message: "\(name) can't be read as \(wanted.words). Open it in a player to see whether it is damaged, "
                + "then export it again as \(wanted.advice).")
    }

    static func cut(_ name: String) -> Self {
        Self(reason: "cut", message: "\(name) is not whole: the file ends too early. Copy it again.")
    }

    static func unsupported(_ name: String, what: String, wanted: MediaRole) -> Self {
        Self(
            reason: "unsupported",
            message: "\(name) uses \(what), which is not supported. Export it again as \(wanted.advice).")
    }

    static func noSound(_ name: String) -> Self {
        Self(reason: "no_sound", message: "\(name) has no sound track. Put a file with speech in its place.")
    }

    static func noPicture(_ name: String) -> Self {
        Self(reason: "no_picture", message: "\(name) has no picture in it. Put a photo or a video in its place.")
    }

    static func tooLong(_ name: String, minutes: Int) -> Self {
        Self(
            reason: "too_long",
            message: "\(name) is longer than \(minutes) minutes. Split it into shorter files.")
    }

    static func tooSmall(_ name: String, width: Int, height: Int, least: Int) -> Self {
        Self(
            reason: "too_small",
            message: "\(name) is only \(width) x \(height) pixels. Use a picture of at least \(least) x \(least).")
    }

    static func tooLarge(_ name: String, width: Int, height: Int) -> Self {
        Self(
            reason: "too_large",
            message: "\(name) has \(width) x \(height) pixels, which is too much. Reduce it, for example to "
                + "1920 x 1080.")
    }

    static func tooManyBytes(_ name: String, megabytes: Int) -> Self {
        Self(reason: "too_large", message: "\(name) is larger than \(megabytes) MB. Save it smaller.")
    }

    static func unreadable(_ name: String, cause: String) -> Self {
        Self(reason: "engine", message: "\(name) could not be read from the disk (\(cause)).")
    }

    /// FFmpeg refused something that has to work; the cause is its own words.
    static func engine(_ doing: String, _ code: Int32) -> Self {
        Self(reason: "engine", message: "The video could not be made: \(doing) failed (\(FFmpegError.words(code))).")
    }

    static func badResult(_ what: String) -> Self {
        Self(reason: "bad_result", message: "The finished video is not right: \(what).")
    }
}
