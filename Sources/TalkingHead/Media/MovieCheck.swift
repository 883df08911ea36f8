import CFFmpeg

/// What a finished video holds, as read from its bytes.
package struct MovieFacts: Hashable, Sendable {
    package var width = 0
    package var height = 0
    package var framesPerSecond = 0.0
    package var frames = 0
    package var videoSeconds = 0.0
    package var audioSeconds = 0.0
    /// FFmpeg's names, such as `h264` and `aac`.
    package var videoCodec = ""
    package var audioCodec = ""
    package var bytes: Int64 = 0
    /// The index comes first.
    package var startsFast = false
}

/// Looks at a finished video with fresh eyes, whoever made it.
package enum MovieCheck {
    /// Reads the file once from its beginning to its end.
    ///
    /// - Parameters:
    ///   - expected: seconds that the sound lasts; video and audio may differ from it by 0.2 s or 1 %.
    ///   - onBytes: gets every byte of the file, once, in order: for checksums.
    /// - Throws: `bad_result` with what is not right.
    package static func check(
        _ input: MediaInput, expecting expected: Double, limits: MediaLimits = MediaLimits(),
        onBytes: @escaping (UnsafeRawBufferPointer) -> Void
    ) throws(MediaProblem) -> MovieFacts {
        let file: DescriptorInput
        do throws(MediaProblem) {
            file = try DescriptorInput(input, observer: onBytes)
        } catch {
            throw error.reason == "empty" ? .badResult("it is empty") : error
        }
        guard let boxes = try MovieBoxes(file), !boxes.isCut else { throw .badResult("it is not a whole MP4 file") }
        var facts = try measure(file, limits: limits)
        try file.observeRest()
        facts.bytes = file.size
        facts.startsFast = boxes.startsFast
        try judge(facts, expected)
        return facts
    }

    private static func measure(_ file: DescriptorInput, limits: MediaLimits) throws(MediaProblem) -> MovieFacts {
        do throws(MediaProblem) {
            let scan = try MovieScan(file)
            try scan.readPackets()
            try scan.decodeEnd(limits: limits)
            return scan.facts
        } catch {
            throw error.reason == "bad_result" || error.reason == "engine" ? error : .badResult("it can't be read")
        }
    }

    private static func judge(_ facts: MovieFacts, _ expected: Double) throws(MediaProblem) {
        guard facts.frames > 0 else { throw .badResult("it has no picture") }
        guard facts.audioSeconds > 0 else { throw .badResult("it has no sound") }
        let tolerance = max(0.2, expected * 0.01)
        for (stream, seconds) in [("picture", facts.videoSeconds), ("sound", facts.audioSeconds)]
        where abs(seconds - expected) > tolerance {
            let words = "its \(stream) lasts \(rounded(seconds)) s in place of \(rounded(expected)) s"
            throw .badResult(words)
        }
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
