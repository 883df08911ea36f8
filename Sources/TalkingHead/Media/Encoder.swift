import CFFmpeg
import Words

/// An FFmpeg encoder of one stream: frames go in, packets go to a muxer.
final class Encoder {
    let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>

    /// - Parameter configure: sets what the stream needs before the encoder is opened.
    init(
        _ name: String, options: KeyValuePairs<String, String> = [:],
        configure: (inout AVCodecContext) -> Void
    ) throws(Problem) {
        _ = FFmpegError.silence
        guard let codec = avcodec_find_encoder_by_name(name) else {
            throw .engine(
                Phrase("FFmpeg lacks the encoder \(name)", zh: "FFmpeg 缺少编码器 \(name)"), advice: .runSetup)
        }
        context = try FFmpegError.allocated(avcodec_alloc_context3(codec))
        packet = try FFmpegError.allocated(av_packet_alloc())
        configure(&context.pointee)
        // the file's header carries the parameters; no versions and dates inside, so that equal input gives equal bytes
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
        var dictionary: OpaquePointer?
        defer { av_dict_free(&dictionary) }
        for (key, value) in options { av_dict_set(&dictionary, key, value, 0) }
        try FFmpegError.check(avcodec_open2(context, codec, &dictionary), .openingEncoder(name))
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
    }

    /// Encodes a frame, or with nil ends the stream; every packet that is ready goes to `write`.
    func send(
        _ frame: UnsafeMutablePointer<AVFrame>?,
        write: (UnsafeMutablePointer<AVPacket>) throws(Problem) -> Void
    ) throws(Problem) {
        try FFmpegError.check(avcodec_send_frame(context, frame), .encoding)
        while true {
            let code = avcodec_receive_packet(context, packet)
            if code == media_error_again || code == media_error_end { return }
            try FFmpegError.check(code, .encoding)
            try write(packet)
        }
    }
}
