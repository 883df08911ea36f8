import CFFmpeg
import Words

/// Packs pictures as JPEGs, each for itself: an eighth of the memory, and hardly to be told from the picture.
final class PicturePacker {
    private let encoder: Encoder
    private let frame: Frame
    private var count: Int64 = 0

    /// FFmpeg's quantizer scale, 1...31. Measured on a 1080p clip: at 1 the luma keeps 52 dB and the movie grows by 3 %,
    /// at 2 by 40 %, as the encoder takes what differs from frame to frame for movement.
    private static let quantizer: Int32 = 1

    init(width: Int, height: Int) throws(Problem) {
        // tables of its own for each picture would take 12 MB at 1080p
        encoder = try Encoder("mjpeg", options: ["huffman": "default"]) { context in
            context.width = Int32(width)
            context.height = Int32(height)
            context.pix_fmt = AV_PIX_FMT_YUV420P
            context.color_range = AVCOL_RANGE_MPEG
            context.time_base = AVRational(num: 1, den: 25)
            context.flags |= AV_CODEC_FLAG_QSCALE
            context.qmin = Self.quantizer
            // a JPEG for others would have the full range
            context.strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL
            context.thread_count = 1
        }
        frame = try Frame()
    }

    func packed(_ picture: YUVPicture) throws(Problem) -> [UInt8] {
        try frame.borrow(picture)
        frame.pointer.pointee.pts = count
        frame.pointer.pointee.quality = FF_QP2LAMBDA * Self.quantizer
        count += 1
        var bytes: [UInt8] = []
        try encoder.send(frame.pointer) { packet in
            bytes += UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size))
        }
        return bytes
    }
}

/// Unpacks what `PicturePacker` packed.
final class PictureUnpacker {
    private let decoder: UnsafeMutablePointer<AVCodecContext>
    private let packet: UnsafeMutablePointer<AVPacket>
    private let frame: Frame
    private var pool = PicturePool()

    init() throws(Problem) {
        decoder = try FFmpegError.allocated(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_MJPEG)))
        packet = try FFmpegError.allocated(av_packet_alloc())
        frame = try Frame()
        decoder.pointee.thread_count = 1
        try FFmpegError.check(avcodec_open2(decoder, nil, nil), .preparingPicture)
    }

    deinit {
        var decoder: UnsafeMutablePointer<AVCodecContext>? = decoder
        avcodec_free_context(&decoder)
        var packet: UnsafeMutablePointer<AVPacket>? = packet
        av_packet_free(&packet)
    }

    func picture(_ bytes: [UInt8]) throws(Problem) -> YUVPicture {
        try FFmpegError.check(av_new_packet(packet, Int32(bytes.count)), .preparingPicture)
        defer { av_packet_unref(packet) }
        packet.pointee.data.update(from: bytes, count: bytes.count)
        try FFmpegError.check(avcodec_send_packet(decoder, packet), .preparingPicture)
        try FFmpegError.check(avcodec_receive_frame(decoder, frame.pointer), .preparingPicture)
        defer { av_frame_unref(frame.pointer) }
        return frame.picture(from: &pool)
    }
}
