import CFFmpeg
import Words

/// What FFmpeg's negative return codes say.
enum FFmpegError {
    /// FFmpeg's own words for a code.
    static func words(_ code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let start = buffer.baseAddress, av_strerror(code, start, buffer.count) == 0 else {
                return "error \(code)"
            }
            return String(cString: start)
        }
    }

    /// Throws when a call that has to work returned an error; else gives its result back.
    @discardableResult
    static func check(_ code: Int32, _ step: MediaStep) throws(Problem) -> Int32 {
        guard code >= 0 else { throw .engine(step, code) }
        return code
    }

    /// Unwraps what only lacks when memory ran out.
    static func allocated<T>(_ value: T?) throws(Problem) -> T {
        guard let value else {
            throw Problem(
                .memory, ["what": Phrase("the system gave no more", zh: "系统无法再分配"), "advice": .smallerPicture])
        }
        return value
    }

    /// FFmpeg writes to stderr by itself; all that matters comes back as codes, and the worker's lines are bounded.
    static let silence: Void = av_log_set_level(AV_LOG_QUIET)
}
