import CFFmpeg
import Words

/// Any sound to planar floats of one rate and one or two channels.
final class Resampler {
    private var context: OpaquePointer?
    private let sourceRate: Int32
    private let sourceFormat: Int32
    private let sourceChannels: Int32
    private var planes: [UnsafeMutablePointer<Float>]
    private var capacity = 8192

    /// For frames like this one; nil when its layout can't be brought to these channels.
    init?(from frame: UnsafePointer<AVFrame>, rate: Int, channels: Int) {
        sourceRate = frame.pointee.sample_rate
        sourceFormat = frame.pointee.format
        sourceChannels = frame.pointee.ch_layout.nb_channels
        planes = (0..<channels).map { _ in .allocate(capacity: 8192) }
        var source = frame.pointee.ch_layout
        // "unspecified" is what WAV files of old have
        if source.order == AV_CHANNEL_ORDER_UNSPEC { av_channel_layout_default(&source, sourceChannels) }
        var target = AVChannelLayout()
        av_channel_layout_default(&target, Int32(channels))
        let code = swr_alloc_set_opts2(
            &context, &target, AV_SAMPLE_FMT_FLTP, Int32(rate), &source, AVSampleFormat(rawValue: sourceFormat),
            sourceRate, 0, nil)
        guard code >= 0, swr_init(context) >= 0 else { return nil }
    }

    deinit {
        swr_free(&context)
        for plane in planes { plane.deallocate() }
    }

    /// Files of floating point may hold what is no number, or is too large for any encoder.
    private static func tame(_ samples: UnsafeMutablePointer<Float>, _ count: Int) {
        // 24 dB over full scale: no recording means more
        let most: Float = 16
        for index in 0..<count where !(abs(samples[index]) <= most) {
            samples[index] = samples[index].isNaN ? 0 : samples[index] < 0 ? -most : most
        }
    }

    func accepts(_ frame: UnsafePointer<AVFrame>) -> Bool {
        frame.pointee.sample_rate == sourceRate && frame.pointee.format == sourceFormat
            && frame.pointee.ch_layout.nb_channels == sourceChannels
    }

    /// Converts a frame, or with nil what is still held back; nil when nothing came out.
    func convert(_ frame: UnsafePointer<AVFrame>?) throws(Problem) -> SoundBlock? {
        let samples = frame?.pointee.nb_samples ?? 0
        let room = Int(swr_get_out_samples(context, samples))
        if room > capacity {
            for plane in planes { plane.deallocate() }
            capacity = room
            planes = planes.map { _ in .allocate(capacity: room) }
        }
        var targets = planes.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self) as Optional }
        let code = targets.withUnsafeMutableBufferPointer { targets in
            guard let frame else { return swr_convert(context, targets.baseAddress, Int32(capacity), nil, 0) }
            let source = UnsafeRawPointer(frame.pointee.extended_data)?
                .assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
            return swr_convert(
                context, targets.baseAddress, Int32(capacity), UnsafeMutablePointer(mutating: source), samples)
        }
        let count = try FFmpegError.check(code, .convertingSound)
        guard count > 0 else { return nil }
        for plane in planes { Self.tame(plane, Int(count)) }
        return SoundBlock(planes: planes.map { UnsafePointer($0) }, count: Int(count))
    }
}
