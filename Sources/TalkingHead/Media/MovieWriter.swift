import CFFmpeg
package import Words

/// What a movie is made of.
package struct MovieFormat: Hashable, Sendable {
    package var width: Int
    package var height: Int
    package var frameRate: FrameRate
    package var quality: MovieQuality
    /// All of the picture moves, as a camera's does.
    package var isFilmed: Bool

    package init(
        width: Int, height: Int, frameRate: FrameRate, quality: MovieQuality = .normal, isFilmed: Bool = false
    ) {
        self.width = width
        self.height = height
        self.frameRate = frameRate
        self.quality = quality
        self.isFilmed = isFilmed
    }
}

/// Writes an MP4: H.264 and AAC, both from time 0, the index first. Equal input gives equal bytes.
///
/// Sound and pictures are to be added about in step: the muxer keeps what one stream is ahead.
package final class MovieWriter {
    package let format: MovieFormat
    /// Pictures added so far.
    package private(set) var frames = 0

    private let output: DescriptorOutput
    private let descriptor: OutputDescriptor
    private let context: UnsafeMutablePointer<AVFormatContext>
    private let video: Encoder
    private let frame: Frame

    /// The callback that reopens the file for reading finds the descriptor here.
    private final class OutputDescriptor {
        let value: Int32
        var reading: DescriptorOutput?
        init(_ value: Int32) { self.value = value }
    }

    /// - Parameters:
    ///   - descriptor: of an empty file open for reading and writing; the caller closes it.
    ///   - sound: what encodes the sound that is going to be added.
    init(descriptor: Int32, format: MovieFormat, sound: Encoder) throws(Problem) {
        self.format = format
        self.descriptor = OutputDescriptor(descriptor)
        output = try DescriptorOutput(descriptor: descriptor)
        frame = try Frame()
        video = try Self.videoEncoder(format)
        var made: UnsafeMutablePointer<AVFormatContext>?
        try FFmpegError.check(avformat_alloc_output_context2(&made, nil, "mp4", nil), .openingVideo)
        context = try FFmpegError.allocated(made)
        context.pointee.pb = output.context
        context.pointee.flags |= AVFMT_FLAG_BITEXACT
        context.pointee.opaque = Unmanaged.passUnretained(self.descriptor).toOpaque()
        reopenForReading()
        try addStream(video.context, timeBase: video.context.pointee.time_base)
        try addStream(sound.context, timeBase: AVRational(num: 1, den: 48_000))
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "movflags", "+faststart", 0)
        try FFmpegError.check(avformat_write_header(context, &options), .writingVideo)
    }

    deinit {
        avformat_free_context(context)
    }

    /// The next picture. It has been read when this returns, and may be painted over.
    package func add(_ picture: YUVPicture) throws(Problem) {
        precondition(picture.width == format.width && picture.height == format.height)
        try frame.borrow(picture)
        frame.pointer.pointee.pts = Int64(frames)
        frames += 1
        try video.send(frame.pointer) { packet throws(Problem) in try write(packet, stream: 0) }
        // x264 copies what it looks ahead at; an encoder that kept the picture would show what is painted next
        assert(av_buffer_get_ref_count(frame.pointer.pointee.buf.0) == 1)
        av_frame_unref(frame.pointer)
    }

    /// The next packets of the sound.
    func add(_ packets: [Packet]) throws(Problem) {
        for packet in packets { try write(packet.pointer, stream: 1) }
    }

    /// Writes what is left of the pictures, and the index. Nothing may be added afterwards.
    package func finish() throws(Problem) {
        try video.send(nil) { packet throws(Problem) in try write(packet, stream: 0) }
        try FFmpegError.check(av_write_trailer(context), .writingVideo)
        avio_flush(output.context)
        try FFmpegError.check(output.context.pointee.error, .writingVideo)
    }

    private func write(_ packet: UnsafeMutablePointer<AVPacket>, stream: Int) throws(Problem) {
        guard let target = context.pointee.streams[stream] else { return }
        let base = stream == 0 ? video.context.pointee.time_base : AVRational(num: 1, den: 48_000)
        if stream == 0, packet.pointee.duration == 0 { packet.pointee.duration = 1 }
        av_packet_rescale_ts(packet, base, target.pointee.time_base)
        packet.pointee.stream_index = Int32(stream)
        try FFmpegError.check(av_interleaved_write_frame(context, packet), .writingVideo)
    }

    private func addStream(_ encoder: UnsafePointer<AVCodecContext>, timeBase: AVRational) throws(Problem) {
        let stream = try FFmpegError.allocated(avformat_new_stream(context, nil))
        stream.pointee.time_base = timeBase
        if encoder.pointee.codec_type == AVMEDIA_TYPE_VIDEO {
            stream.pointee.avg_frame_rate = encoder.pointee.framerate
        }
        try FFmpegError.check(
            avcodec_parameters_from_context(stream.pointee.codecpar, encoder), .openingVideo)
    }

    /// Moving the index to the front makes FFmpeg open its own output a second time, by name: it gets our descriptor.
    private func reopenForReading() {
        context.pointee.io_open = { context, result, _, _, _ in
            guard let context, let result, let opaque = context.pointee.opaque else { return media_error_refused }
            let output = Unmanaged<OutputDescriptor>.fromOpaque(opaque).takeUnretainedValue()
            guard let reading = try? DescriptorOutput(descriptor: output.value, isReading: true) else {
                return media_error_memory
            }
            output.reading = reading
            result.pointee = reading.context
            return 0
        }
        context.pointee.io_close2 = { context, _ in
            guard let opaque = context?.pointee.opaque else { return 0 }
            Unmanaged<OutputDescriptor>.fromOpaque(opaque).takeUnretainedValue().reading = nil
            return 0
        }
    }

    private static func videoEncoder(_ format: MovieFormat) throws(Problem) -> Encoder {
        let options = format.quality.options(pixels: format.width * format.height, isFilmed: format.isFilmed)
        return try Encoder("libx264", options: options) { context in
            context.width = Int32(format.width)
            context.height = Int32(format.height)
            context.pix_fmt = AV_PIX_FMT_YUV420P
            context.time_base = AVRational(num: format.frameRate.denominator, den: format.frameRate.numerator)
            context.framerate = AVRational(num: format.frameRate.numerator, den: format.frameRate.denominator)
            context.sample_aspect_ratio = AVRational(num: 1, den: 1)
            context.color_range = AVCOL_RANGE_MPEG
            context.colorspace = AVCOL_SPC_BT709
            context.color_primaries = AVCOL_PRI_BT709
            context.color_trc = AVCOL_TRC_BT709
            context.thread_count = MovieQuality.threads
        }
    }
}
