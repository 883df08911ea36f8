import CFFmpeg
package import Words

/// A still picture, ready to be painted on.
package struct StillPicture: Sendable {
    package let picture: YUVPicture
    /// As shown, before it was reduced.
    package let sourceWidth: Int
    package let sourceHeight: Int

    /// What was done to it that the user may want to know; empty when nothing.
    package var note: Phrase {
        guard picture.height + 1 < sourceHeight || picture.width + 1 < sourceWidth else { return Phrase(verbatim: "") }
        let (from, to) = ("\(sourceWidth) x \(sourceHeight)", "\(picture.width) x \(picture.height)")
        return Phrase("picture reduced from \(from) to \(to)", zh: "图片已由 \(from) 缩小到 \(to)")
    }
}

/// Reads PNG and JPEG of every kind: turned as the camera says, transparency laid on a light colour.
package enum StillReader {
    /// - Throws: `empty`, `undecodable`, `cut`, `too_small`, `too_large`.
    package static func read(
        _ input: MediaInput, limits: MediaLimits = MediaLimits()
    ) throws(Problem) -> StillPicture {
        let file = try DescriptorInput(input)
        guard file.size <= Int64(limits.stillBytes) else {
            throw .tooManyBytes(input.name, size: file.size, megabytes: limits.stillBytes >> 20)
        }
        let header = try StillHeader(file.bytes(at: 0, count: Int(file.size)), name: input.name)
        guard !header.size.exceeds(limits.pixels) else {
            throw .tooLarge(input.name, width: header.size.width, height: header.size.height)
        }
        guard header.isWhole else { throw .cut(input.name) }
        let frame = try decode(header, limits: limits, name: input.name)
        return try convert(frame, limits: limits, name: input.name)
    }

    private static func decode(
        _ header: StillHeader, limits: MediaLimits, name: String
    ) throws(Problem) -> Frame {
        _ = FFmpegError.silence
        let decoder = try FFmpegError.allocated(avcodec_find_decoder_by_name(header.decoder))
        var context = avcodec_alloc_context3(decoder)
        defer { avcodec_free_context(&context) }
        try FFmpegError.allocated(context).pointee.max_pixels = Int64(limits.pixels)
        context?.pointee.thread_count = 1
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        let room = try FFmpegError.allocated(packet)
        try FFmpegError.check(av_new_packet(room, Int32(header.bytes.count)), "reading \(name)")
        room.pointee.data.update(from: header.bytes, count: header.bytes.count)
        let frame = try Frame()
        guard avcodec_open2(context, decoder, nil) >= 0, avcodec_send_packet(context, room) >= 0,
            avcodec_send_packet(context, nil) >= 0, avcodec_receive_frame(context, frame.pointer) >= 0
        else { throw .undecodable(name, wanted: .still) }
        return frame
    }

    private static func convert(_ frame: Frame, limits: MediaLimits, name: String) throws(Problem) -> StillPicture {
        let stored = PictureSize(width: Int(frame.pointer.pointee.width), height: Int(frame.pointer.pointee.height))
        let turn = Orientation(frame: frame.pointer)
        let shown = stored.turned(turn)
        let size = shown.fitted(limits)
        guard min(shown.width, shown.height, size.width, size.height) >= limits.leastSide else {
            throw .tooSmall(name, width: shown.width, height: shown.height, least: limits.leastSide)
        }
        let chain = opaque(frame, stored) + turn.filters + FrameFilter.toYUV(size) + "[out]"
        let filter = try FrameFilter(frame: frame.pointer, timeBase: AVRational(num: 1, den: 25), chain: chain)
        frame.pointer.pointee.pts = 0
        try filter.send(frame.pointer)
        try filter.send(nil)
        let result = try Frame()
        guard try filter.receive(into: result.pointer) else { throw .undecodable(name, wanted: .still) }
        return StillPicture(picture: result.picture(), sourceWidth: shown.width, sourceHeight: shown.height)
    }

    /// The start of the chain: RGB without transparency. FFmpeg's own conversion just drops the alpha and shows
    /// whatever colour lies hidden below it.
    private static func opaque(_ frame: Frame, _ size: PictureSize) -> String {
        let format = AVPixelFormat(rawValue: frame.pointer.pointee.format)
        let flags = av_pix_fmt_desc_get(format)?.pointee.flags ?? 0
        guard flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0 else { return "[in]" }
        return "color=c=0xEDEDED:s=\(size.width)x\(size.height),format=gbrp[ground];"
            + "[in]format=gbrap[picture];[ground][picture]overlay=format=gbrp,"
    }
}
