import CFFmpeg
package import Words

/// A stretch of sound: one plane of floats a channel.
///
/// The planes belong to the reader and are valid until its next call.
package struct SoundBlock {
    package let planes: [UnsafePointer<Float>]
    /// Samples a channel.
    package let count: Int

    package init(planes: [UnsafePointer<Float>], count: Int) {
        self.planes = planes
        self.count = count
    }

    /// The first channel.
    package var mono: UnsafeBufferPointer<Float> { UnsafeBufferPointer(start: planes.first, count: count) }
}

/// Streams a sound at one rate; memory does not grow with its length.
package final class SoundReader {
    package enum Purpose: Hashable, Sendable {
        /// 16 kHz, one channel.
        case mouth
        /// 48 kHz, one channel or two.
        case movie

        package var rate: Int { self == .mouth ? 16_000 : 48_000 }
    }

    /// Of what comes out: 1 or 2.
    package let channels: Int
    /// Of all samples decoded so far, before resampling: exact, whatever the container says.
    package var seconds: Double { finishedSeconds + (rate > 0 ? Double(samples) / Double(rate) : 0) }
    /// What the user may want to know of the file once its end has been met; mostly empty.
    package private(set) var note = Phrase(verbatim: "")

    private let purpose: Purpose
    private let name: String
    private let limits: MediaLimits
    private let decoder: FrameDecoder
    private let frame: Frame
    private var resampler: Resampler?
    /// Its planes are what the caller still reads.
    private var former: Resampler?
    private var holdsFrame = false
    private var isAtEnd = false
    /// The decoded rate, and samples since it last changed (a chained Ogg may change it).
    private var rate: Int32 = 0
    private var samples: Int64 = 0
    private var finishedSeconds = 0.0

    /// - Throws: `empty`, `undecodable`, `cut`, `unsupported`, `no_sound`.
    package init(
        _ input: MediaInput, for purpose: Purpose, limits: MediaLimits = MediaLimits()
    ) throws(Problem) {
        self.purpose = purpose
        self.limits = limits
        name = input.name
        let demuxer = try Demuxer(DescriptorInput(input), role: .sound)
        // far too long is told before an hour of it has been decoded
        if let stated = demuxer.statedSeconds, stated > limits.soundSeconds + 60 {
            throw .tooLong(input.name, seconds: limits.soundSeconds)
        }
        decoder = try FrameDecoder(demuxer, role: .sound, limits: limits, threads: 1)
        frame = try Frame()
        let stored = demuxer.stream.pointee.codecpar.pointee.ch_layout.nb_channels
        channels = purpose == .mouth || stored == 1 ? 1 : 2
    }

    /// The next stretch; nil at the end.
    ///
    /// - Throws: `no_samples`, `undecodable`, `cut`, `too_long`.
    package func next() throws(Problem) -> SoundBlock? {
        while !isAtEnd {
            if !holdsFrame {
                guard try decoder.next(into: frame.pointer) else { return try finish() }
                holdsFrame = true
            }
            if let resampler, !resampler.accepts(frame.pointer) {
                // another rate or layout from here on: first what the old resampler still holds
                former = resampler
                self.resampler = nil
                finishedSeconds = seconds
                (samples, rate) = (0, 0)
                if let rest = try resampler.convert(nil) { return rest }
            }
            let resampler = try readyResampler()
            holdsFrame = false
            trim()
            try count()
            if let block = try resampler.convert(frame.pointer) { return block }
        }
        return nil
    }

    private func readyResampler() throws(Problem) -> Resampler {
        if let resampler { return resampler }
        guard let made = Resampler(from: frame.pointer, rate: purpose.rate, channels: channels) else {
            throw .unsupported(name, what: Phrase("an unusual layout of channels", zh: "声道布局"), wanted: .sound)
        }
        resampler = made
        return made
    }

    /// An AAC decoder fills up its last frame; an MP4 says with the packet's duration how much of it counts.
    private func trim() {
        guard decoder.demuxer.saysExactDurations, frame.pointer.pointee.pkt_duration > 0 else { return }
        let base = decoder.demuxer.stream.pointee.time_base
        let unit = AVRational(num: 1, den: frame.pointer.pointee.sample_rate)
        let counting = av_rescale_q(frame.pointer.pointee.pkt_duration, base, unit)
        frame.pointer.pointee.nb_samples = Int32(max(0, min(counting, Int64(frame.pointer.pointee.nb_samples))))
    }

    private func count() throws(Problem) {
        rate = frame.pointer.pointee.sample_rate
        samples += Int64(frame.pointer.pointee.nb_samples)
        // the padding of MP3 and AAC is not the user's
        guard seconds <= limits.soundSeconds + 0.5 else { throw .tooLong(name, seconds: limits.soundSeconds) }
    }

    private func finish() throws(Problem) -> SoundBlock? {
        isAtEnd = true
        guard seconds > 0 else {
            guard try decoder.demuxer.endsProperly else { throw .cut(name) }
            let isBroken = decoder.damagedPackets > 0 || decoder.demuxer.isDamaged
            throw isBroken ? .undecodable(name, wanted: .sound) : .silent(name)
        }
        // what only looked like sound
        guard decoder.damagedPackets <= decoder.frames else { throw .undecodable(name, wanted: .sound) }
        note = try judgeEnd()
        return try resampler?.convert(nil)
    }

    /// A sound of which a little is missing is used, and the user told; of which more is missing, it is `cut`.
    private func judgeEnd() throws(Problem) -> Phrase {
        let missing = (decoder.demuxer.promisedSeconds ?? 0) - seconds
        // a header may count the padding of MP3 and the like, which is less than a fifth of a second
        guard missing <= 1, missing <= max(0.2, seconds * 0.1) else { throw .cut(name) }
        let endsProperly = try decoder.demuxer.endsProperly
        let isWhole = missing <= 0.2 && !decoder.endsInDamage && endsProperly
        let gap = (decoder.demuxer.pagedSeconds ?? 0) - seconds
        let isSound = decoder.damagedPackets <= (decoder.endsInDamage ? 1 : 0) && gap <= 0.3
        let length = (seconds * 10).rounded() / 10
        return Phrase.joined([
            isWhole
                ? Phrase(verbatim: "")
                : Phrase(
                    "the audio ends abruptly, the \(length) seconds that are there were used",
                    zh: "音频文件结尾不完整，已使用现有的 \(length) 秒"),
            isSound
                ? Phrase(verbatim: "")
                : Phrase("damaged places of the audio were left out", zh: "音频中损坏的部分已跳过"),
        ])
    }
}
