import CFFmpeg
package import Words

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
    ) throws(Problem) -> MovieFacts {
        let file: DescriptorInput
        do throws(Problem) {
            file = try DescriptorInput(input, observer: onBytes)
        } catch {
            throw error.reason == .empty ? .badResult(Phrase("it is empty", zh: "文件为空")) : error
        }
        guard let boxes = try MovieBoxes(file), !boxes.isCut else {
            throw .badResult(Phrase("it is not a whole MP4 file", zh: "不是完整的 MP4 文件"))
        }
        var facts = try measure(file, limits: limits)
        try file.observeRest()
        facts.bytes = file.size
        facts.startsFast = boxes.startsFast
        try judge(facts, expected)
        return facts
    }

    private static func measure(_ file: DescriptorInput, limits: MediaLimits) throws(Problem) -> MovieFacts {
        do throws(Problem) {
            let scan = try MovieScan(file)
            try scan.readPackets()
            try scan.decodeEnd(limits: limits)
            return scan.facts
        } catch {
            throw error.reason == .badResult || error.reason == .engine
                ? error : .badResult(Phrase("it can't be read", zh: "无法读取"))
        }
    }

    private static func judge(_ facts: MovieFacts, _ expected: Double) throws(Problem) {
        guard facts.frames > 0 else { throw .badResult(Phrase("it has no picture", zh: "没有画面")) }
        guard facts.audioSeconds > 0 else { throw .badResult(Phrase("it has no sound", zh: "没有声音")) }
        let tolerance = max(0.2, expected * 0.01)
        for (stream, zh, seconds) in [("picture", "画面", facts.videoSeconds), ("sound", "声音", facts.audioSeconds)]
        where abs(seconds - expected) > tolerance {
            let (real, wanted) = (rounded(seconds), rounded(expected))
            throw .badResult(
                Phrase(
                    "its \(stream) lasts \(real) s in place of \(wanted) s", zh: "\(zh)长 \(real) 秒，应为 \(wanted) 秒"))
        }
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 100).rounded() / 100 }
}
