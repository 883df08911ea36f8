import CFFmpeg
import Words

/// Decodes the chosen stream of a demuxer, frame by frame. Damaged packets are left out and counted.
final class FrameDecoder {
    let demuxer: Demuxer
    private(set) var damagedPackets = 0
    /// Nothing could be decoded after the last damage, or the last frame is not all there.
    var endsInDamage: Bool { isBehindDamage || isLastCut }
    private var isBehindDamage = false
    private var isLastCut = false
    private(set) var frames = 0
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private var isDraining = false
    /// Packets since the last picture.
    private var fruitless = 0
    /// Of a video trimmed by its edit list, the packets from a keyframe to the first picture that counts: five minutes
    /// at 60 a second. A crafted list plays a second a hundred thousand times, and shows nothing of it.
    private static let mostFruitless = 20_000

    /// - Throws: `unsupported` for a codec that is not allowed, `too_large`.
    init(_ demuxer: Demuxer, role: MediaRole, limits: MediaLimits, threads: Int) throws(Problem) {
        self.demuxer = demuxer
        let parameters = try FFmpegError.allocated(demuxer.stream.pointee.codecpar)
        let decoder = try Self.decoder(parameters.pointee.codec_id, role: role, name: demuxer.input.name)
        let (width, height) = (Int(parameters.pointee.width), Int(parameters.pointee.height))
        guard width * height <= limits.pixels else {
            throw .tooLarge(demuxer.input.name, width: width, height: height)
        }
        packet = try FFmpegError.allocated(av_packet_alloc())
        context = try FFmpegError.allocated(avcodec_alloc_context3(decoder))
        avcodec_parameters_to_context(context, parameters)
        context.pointee.pkt_timebase = demuxer.stream.pointee.time_base
        context.pointee.max_pixels = Int64(limits.pixels)
        context.pointee.thread_count = Int32(threads)
        guard avcodec_open2(context, decoder, nil) >= 0 else { throw .undecodable(demuxer.input.name, wanted: role) }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
    }

    /// Fills the frame with the next one; false at the end.
    func next(into frame: UnsafeMutablePointer<AVFrame>) throws(Problem) -> Bool {
        while true {
            let code = avcodec_receive_frame(context, frame)
            if code >= 0 {
                frames += 1
                fruitless = 0
                isBehindDamage = false
                return true
            }
            if code == media_error_end { return false }
            guard code == media_error_again, !isDraining else {
                noteDamage()
                if isDraining { return false }
                try feed()
                continue
            }
            try feed()
        }
    }

    /// From now on pictures that no other needs are left out, and none are smoothed: several times as fast.
    func skipWhatNoneNeeds(_ skips: Bool) {
        context.pointee.skip_frame = skips ? AVDISCARD_NONREF : AVDISCARD_DEFAULT
        context.pointee.skip_loop_filter = skips ? AVDISCARD_ALL : AVDISCARD_DEFAULT
    }

    /// Goes to the last keyframe at or before a time stamp of the stream.
    func seek(to timestamp: Int64) throws(Problem) {
        try demuxer.seek(to: timestamp)
        avcodec_flush_buffers(context)
        isDraining = false
    }

    private func feed() throws(Problem) {
        fruitless += 1
        if context.pointee.codec_type == AVMEDIA_TYPE_VIDEO, fruitless > Self.mostFruitless {
            throw .undecodable(demuxer.input.name, wanted: .video)
        }
        guard try demuxer.read(packet) else {
            isDraining = true
            avcodec_send_packet(context, nil)
            return
        }
        defer { av_packet_unref(packet) }
        guard packet.pointee.stream_index == demuxer.stream.pointee.index else { return }
        isLastCut = MPEGSoundFrame.isCut(packet.pointee, of: context.pointee.codec_id)
        let code = avcodec_send_packet(context, packet)
        if code < 0 { noteDamage() }
    }

    private func noteDamage() {
        damagedPackets += 1
        isBehindDamage = true
    }

    private static func decoder(
        _ id: AVCodecID, role: MediaRole, name: String
    ) throws(Problem) -> UnsafePointer<AVCodec> {
        let codec = String(cString: avcodec_get_name(id))
        guard let decoder = avcodec_find_decoder(id),
            MediaFormat.decoders(of: role).contains(String(cString: decoder.pointee.name))
        else { throw .unsupported(name, what: Phrase("the codec \(codec)", zh: "编码格式 \(codec) "), wanted: role) }
        return decoder
    }
}
