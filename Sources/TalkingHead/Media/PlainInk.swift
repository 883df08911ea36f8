import CFFmpeg

/// JPEGs of cyan, magenta, yellow and black without Adobe's note, which FFmpeg takes for YUV with transparency.
///
/// With the note the numbers say how little ink there is; without it, how much.
enum PlainInk {
    /// Makes an RGB picture of the four planes, in place; false when they are of different sizes.
    static func show(_ frame: Frame) -> Bool {
        let picture = frame.pointer
        guard picture.pointee.format == AV_PIX_FMT_YUVA444P.rawValue, av_frame_make_writable(picture) >= 0,
            let cyan = picture.pointee.data.0, let magenta = picture.pointee.data.1,
            let yellow = picture.pointee.data.2, let black = picture.pointee.data.3
        else { return false }
        let (width, height) = (Int(picture.pointee.width), Int(picture.pointee.height))
        let lines = picture.pointee.linesize
        for (ink, stride) in [(cyan, lines.0), (magenta, lines.1), (yellow, lines.2)] {
            for row in 0..<height {
                let (colours, blacks) = (ink + row * Int(stride), black + row * Int(lines.3))
                for column in 0..<width {
                    let light = (255 - Int(colours[column])) * (255 - Int(blacks[column]))
                    colours[column] = UInt8((light + 127) / 255)
                }
            }
        }
        // in the order of FFmpeg's planar RGB: green, blue, red
        (picture.pointee.data.0, picture.pointee.data.1, picture.pointee.data.2) = (magenta, yellow, cyan)
        (picture.pointee.linesize.0, picture.pointee.linesize.1, picture.pointee.linesize.2) = (
            lines.1, lines.2, lines.0
        )
        (picture.pointee.data.3, picture.pointee.linesize.3) = (nil, 0)
        picture.pointee.format = AV_PIX_FMT_GBRP.rawValue
        picture.pointee.colorspace = AVCOL_SPC_RGB
        picture.pointee.color_range = AVCOL_RANGE_JPEG
        return true
    }
}
