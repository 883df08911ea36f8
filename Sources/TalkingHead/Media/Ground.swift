import CFFmpeg
import Words

/// A plain colour below transparent pictures.
///
/// FFmpeg's own conversion just drops transparency and shows whatever colour lies hidden there; reducing before laying
/// would let the hidden colours bleed into the edges. So it is done first, in place.
struct Ground {
    let colour: BackgroundColour

    /// Makes a picture opaque.
    ///
    /// - Returns: the picture, another object where its format had to be changed, and whether any of it was transparent.
    func lay(below frame: Frame) throws(Problem) -> (frame: Frame, wasNeeded: Bool) {
        let format = AVPixelFormat(rawValue: frame.pointer.pointee.format)
        guard let kind = av_pix_fmt_desc_get(format)?.pointee else { return (frame, false) }
        // FFmpeg would take black and white pictures as YUV of another range
        if kind.flags & UInt64(AV_PIX_FMT_FLAG_BITSTREAM) != 0 { return (try coloured(frame), false) }
        guard kind.flags & UInt64(AV_PIX_FMT_FLAG_ALPHA) != 0 else { return (frame, false) }
        switch format {
        case AV_PIX_FMT_RGBA, AV_PIX_FMT_BGRA, AV_PIX_FMT_ARGB:
            try writable(frame)
            return (frame, layBelowBytes(frame.pointer.pointee, kind))
        case AV_PIX_FMT_RGBA64BE:
            try writable(frame)
            return (frame, layBelowWords(frame.pointer.pointee))
        default: return try lay(below: coloured(frame))
        }
    }

    private func writable(_ frame: Frame) throws(Problem) {
        try FFmpegError.check(av_frame_make_writable(frame.pointer), .preparingPicture)
    }

    /// Gray and YUV can't show every ground; palettes would be taken for BT.601 when they are made YUV directly.
    private func coloured(_ frame: Frame) throws(Problem) -> Frame {
        try PictureScaler.toRGB(AV_PIX_FMT_RGBA).scaled(frame)
    }

    private func layBelowBytes(_ frame: AVFrame, _ kind: AVPixFmtDescriptor) -> Bool {
        guard let start = frame.data.0 else { return false }
        let parts = [kind.comp.0, kind.comp.1, kind.comp.2, kind.comp.3].map { Int($0.offset) }
        let (red, green, blue, alpha) = (parts[0], parts[1], parts[2], parts[3])
        var wasNeeded = false
        for row in 0..<Int(frame.height) {
            var pixel = start + row * Int(frame.linesize.0)
            for _ in 0..<Int(frame.width) {
                if pixel[alpha] < 255 {
                    wasNeeded = true
                    let opacity = Int(pixel[alpha])
                    pixel[red] = Self.mix(pixel[red], over: colour.red, opacity)
                    pixel[green] = Self.mix(pixel[green], over: colour.green, opacity)
                    pixel[blue] = Self.mix(pixel[blue], over: colour.blue, opacity)
                    pixel[alpha] = 255
                }
                pixel += 4
            }
        }
        return wasNeeded
    }

    /// 16 bits a part, the high byte first: PNG's own order.
    private func layBelowWords(_ frame: AVFrame) -> Bool {
        guard let start = frame.data.0 else { return false }
        let ground = [colour.red, colour.green, colour.blue]
        var wasNeeded = false
        for row in 0..<Int(frame.height) {
            var pixel = start + row * Int(frame.linesize.0)
            for _ in 0..<Int(frame.width) {
                let opacity = Int(pixel[6]) << 8 | Int(pixel[7])
                if opacity < 65535 {
                    wasNeeded = true
                    for part in 0..<3 {
                        let value = Int(pixel[2 * part]) << 8 | Int(pixel[2 * part + 1])
                        let below = Int(ground[part]) * 257
                        let mixed = (value * opacity + below * (65535 - opacity) + 32767) / 65535
                        pixel[2 * part] = UInt8(mixed >> 8)
                        pixel[2 * part + 1] = UInt8(mixed & 255)
                    }
                    (pixel[6], pixel[7]) = (255, 255)
                }
                pixel += 8
            }
        }
        return wasNeeded
    }

    private static func mix(_ part: UInt8, over below: UInt8, _ opacity: Int) -> UInt8 {
        UInt8((Int(part) * opacity + Int(below) * (255 - opacity) + 127) / 255)
    }
}
