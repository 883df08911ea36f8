import CFFmpeg
import Words

/// One pass over the packets of a finished video, then the decoding of its last pictures.
final class MovieScan {
    private(set) var facts = MovieFacts()
    private let demuxer: Demuxer
    /// Time stamp of the last keyframe.
    private var lastKey: Int64 = 0
    private var videoEnd = 0.0
    private var audioEnd = 0.0

    /// - Throws: `undecodable`, or `bad_result` when a stream is missing.
    init(_ file: DescriptorInput) throws(Problem) {
        demuxer = try Demuxer(file, role: .video, alsoSound: true)
        guard demuxer.sound != nil else { throw .badResult(Phrase("it has no sound", zh: "没有声音")) }
    }

    /// Counts the pictures and sums the lengths.
    func readPackets() throws(Problem) {
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        let room = try FFmpegError.allocated(packet)
        while try demuxer.read(room) {
            note(room.pointee)
            av_packet_unref(room)
        }
        guard !demuxer.isDamaged else { throw .badResult(Phrase("it can't be read to its end", zh: "无法读到结尾")) }
        describe()
    }

    /// Decodes from the last keyframe to the end: the last picture has to come out whole.
    func decodeEnd(limits: MediaLimits) throws(Problem) {
        let decoder = try FrameDecoder(demuxer, role: .video, limits: limits, threads: 2)
        // most encoders end with a picture that others could build on
        decoder.skipWhatNoneNeeds(true)
        if try comesToItsEnd(decoder) { return }
        decoder.skipWhatNoneNeeds(false)
        guard try comesToItsEnd(decoder) else {
            throw .badResult(Phrase("its last picture can't be decoded", zh: "最后一帧无法解码"))
        }
    }

    private func comesToItsEnd(_ decoder: FrameDecoder) throws(Problem) -> Bool {
        try decoder.seek(to: lastKey)
        let frame = try Frame()
        var last = media_no_time
        while try decoder.next(into: frame.pointer) {
            guard frame.pointer.pointee.decode_error_flags == 0 else {
                throw .badResult(Phrase("its pictures are damaged", zh: "画面已损坏"))
            }
            last = max(last, frame.pointer.pointee.best_effort_timestamp)
            av_frame_unref(frame.pointer)
        }
        let base = av_q2d(demuxer.stream.pointee.time_base)
        let rate = max(facts.framesPerSecond, 1)
        return decoder.damagedPackets == 0 && last != media_no_time && Double(last) * base > videoEnd - 1.5 / rate
    }

    private func note(_ packet: AVPacket) {
        let isVideo = packet.stream_index == demuxer.stream.pointee.index
        let stream = isVideo ? demuxer.stream : demuxer.sound ?? demuxer.stream
        let base = av_q2d(stream.pointee.time_base)
        // what an edit list cuts away is not shown and does not count
        guard packet.flags & AV_PKT_FLAG_DISCARD == 0 else { return }
        let end = (Double(packet.pts) + Double(packet.duration)) * base
        guard isVideo else {
            audioEnd = max(audioEnd, end)
            return
        }
        facts.frames += 1
        videoEnd = max(videoEnd, end)
        if packet.flags & AV_PKT_FLAG_KEY != 0 { lastKey = packet.pts }
    }

    private func describe() {
        let stream = demuxer.stream.pointee
        let rate = stream.avg_frame_rate
        facts.framesPerSecond = rate.den > 0 ? av_q2d(rate) : 0
        facts.videoSeconds = videoEnd
        facts.audioSeconds = audioEnd
        guard let video = stream.codecpar, let sound = demuxer.sound?.pointee.codecpar else { return }
        facts.width = Int(video.pointee.width)
        facts.height = Int(video.pointee.height)
        facts.videoCodec = String(cString: avcodec_get_name(video.pointee.codec_id))
        facts.audioCodec = String(cString: avcodec_get_name(sound.pointee.codec_id))
    }
}
