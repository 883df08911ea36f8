import CFFmpeg
package import Words

/// A still picture, ready to be painted on.
package struct StillPicture: Sendable {
    package let picture: YUVPicture
    /// As shown, before it was reduced.
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// The file holds more pictures than this first one.
    package let isAnimated: Bool
    /// What was laid below its transparent parts, where there are such.
    package let ground: BackgroundColour?

    /// What was done to it that the user may want to know; empty when nothing.
    package var note: Phrase {
        var notes: [Phrase] = []
        if isAnimated { notes.append(Phrase("first picture of the animation taken", zh: "已取动画的第一帧")) }
        if let ground {
            notes.append(Phrase("transparent parts filled with \(ground.hex)", zh: "透明部分已用 \(ground.hex) 填充"))
        }
        // an odd size loses a row or column, which is not worth a word
        if picture.height + 1 < sourceHeight || picture.width + 1 < sourceWidth {
            let (from, to) = ("\(sourceWidth) x \(sourceHeight)", "\(picture.width) x \(picture.height)")
            notes.append(Phrase("picture reduced from \(from) to \(to)", zh: "图片已由 \(from) 缩小到 \(to)"))
        }
        return .joined(notes)
    }
}

/// Reads PNG, JPEG, WebP and BMP of every kind, whatever their names say: turned as the camera says, transparency laid
/// on a plain colour, the first picture of an animation.
package enum StillReader {
    /// - Throws: `empty`, `undecodable`, `unsupported`, `cut`, `too_small`, `too_large`.
    package static func read(
        _ input: MediaInput, limits: MediaLimits = MediaLimits()
    ) throws(Problem) -> StillPicture {
        let (header, packet) = try prepare(input, limits)
        let frame = try decode(header, packet, limits: limits, name: input.name)
        if header.isPlainInk {
            guard PlainInk.show(frame) else { throw .undecodable(input.name, wanted: .still) }
        }
        let laid = try Ground(colour: limits.background).lay(below: frame)
        return try convert(laid.frame, header, laid.wasNeeded ? limits.background : nil, limits, name: input.name)
    }

    /// What the decoder is to get; the file's own bytes are let go, for the decoded picture may be large.
    private static func prepare(
        _ input: MediaInput, _ limits: MediaLimits
    ) throws(Problem) -> (header: StillHeader, packet: Packet) {
        let file = try DescriptorInput(input)
        try MediaContent.check(file, as: .still)
        guard file.size <= Int64(limits.stillBytes) else {
            throw .tooManyBytes(input.name, size: file.size, megabytes: limits.stillBytes >> 20)
        }
        var header = try StillHeader(file.bytes(at: 0, count: Int(file.size)), name: input.name)
        guard !header.size.exceeds(limits.stillPixels) else {
            throw .tooLarge(input.name, width: header.size.width, height: header.size.height, limits)
        }
        guard header.isWhole else { throw .cut(input.name) }
        let packet = try Packet(header.pieces)
        header.pieces = []
        return (header, packet)
    }

    private static func decode(
        _ header: StillHeader, _ packet: Packet, limits: MediaLimits, name: String
    ) throws(Problem) -> Frame {
        _ = FFmpegError.silence
        let decoder = try FFmpegError.allocated(avcodec_find_decoder_by_name(header.decoder))
        var context = avcodec_alloc_context3(decoder)
        defer { avcodec_free_context(&context) }
        try FFmpegError.allocated(context).pointee.max_pixels = Int64(limits.stillPixels)
        context?.pointee.thread_count = 1
        // better a word than a picture with gray stripes
        context?.pointee.err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE
        let frame = try Frame()
        guard avcodec_open2(context, decoder, nil) >= 0, avcodec_send_packet(context, packet.pointer) >= 0,
            avcodec_send_packet(context, nil) >= 0, avcodec_receive_frame(context, frame.pointer) >= 0
        else { throw .undecodable(name, wanted: .still) }
        return frame
    }

    /// Reduces first and turns then, so that only the small picture is held twice.
    private static func convert(
        _ frame: Frame, _ header: StillHeader, _ ground: BackgroundColour?, _ limits: MediaLimits, name: String
    ) throws(Problem) -> StillPicture {
        let stored = PictureSize(width: Int(frame.pointer.pointee.width), height: Int(frame.pointer.pointee.height))
        let canvas = header.isAnimated ? header.size : stored
        // the decoder goes by other numbers than the header, and in a damaged file they differ
        guard header.corner.x + stored.width <= canvas.width, header.corner.y + stored.height <= canvas.height else {
            throw .undecodable(name, wanted: .still)
        }
        let shown = canvas.turned(header.orientation)
        let fitted = shown.fitted(limits)
        guard min(shown.width, shown.height, fitted.width, fitted.height) >= limits.leastSide else {
            throw .tooSmall(name, shown, fitted: fitted, limits)
        }
        let size = fitted.turned(header.orientation)
        let isPlaced = canvas != stored
        let whole = isPlaced ? try place(frame, header, on: canvas, limits.background) : frame
        if canvas.isCropped(to: size) {
            (whole.pointer.pointee.width, whole.pointer.pointee.height) = (Int32(size.width), Int32(size.height))
        }
        let picture = try PictureScaler.toYUV.scaled(whole, to: size).picture().turned(header.orientation)
        return StillPicture(
            picture: picture, sourceWidth: shown.width, sourceHeight: shown.height,
            isAnimated: header.isAnimated, ground: ground ?? (isPlaced ? limits.background : nil))
    }

    /// The first picture of an animation need not fill it.
    private static func place(
        _ frame: Frame, _ header: StillHeader, on size: PictureSize, _ ground: BackgroundColour
    ) throws(Problem) -> Frame {
        let part = try PictureScaler.toRGB(AV_PIX_FMT_RGBA).scaled(frame)
        let canvas = try Frame()
        (canvas.pointer.pointee.width, canvas.pointer.pointee.height) = (Int32(size.width), Int32(size.height))
        canvas.pointer.pointee.format = AV_PIX_FMT_RGBA.rawValue
        try FFmpegError.check(av_frame_get_buffer(canvas.pointer, 0), .preparingPicture)
        let (target, source) = (canvas.pointer.pointee, part.pointer.pointee)
        guard let to = target.data.0, let from = source.data.0 else {
            throw .engine(.preparingPicture, media_error_data)
        }
        let pixel = [ground.red, ground.green, ground.blue, 255]
        for row in 0..<size.height {
            let line = to + row * Int(target.linesize.0)
            for byte in 0..<4 * size.width { line[byte] = pixel[byte % 4] }
        }
        for row in 0..<Int(source.height) {
            let line = to + (header.corner.y + row) * Int(target.linesize.0) + 4 * header.corner.x
            line.update(from: from + row * Int(source.linesize.0), count: 4 * Int(source.width))
        }
        return canvas
    }
}
