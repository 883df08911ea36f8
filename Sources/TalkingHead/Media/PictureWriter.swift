import CFFmpeg
package import Words

/// Writes pictures as PNG.
package enum PictureWriter {
    /// - Parameter descriptor: of an empty file open for writing; the caller closes it.
    package static func write(_ picture: YUVPicture, asPNGTo descriptor: Int32) throws(Problem) {
        let frame = try Frame()
        try frame.borrow(picture)
        let rgb = try PictureScaler.toRGB(AV_PIX_FMT_RGB24).scaled(frame)
        let encoder = try Encoder("png") { context in
            context.width = rgb.pointer.pointee.width
            context.height = rgb.pointer.pointee.height
            context.pix_fmt = AV_PIX_FMT_RGB24
            context.time_base = AVRational(num: 1, den: 25)
        }
        var end: Int64 = 0
        func put(_ packet: UnsafeMutablePointer<AVPacket>) throws(Problem) {
            let bytes = UnsafeRawBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size))
            let failure = DescriptorOutput.write(bytes, to: descriptor, at: end)
            guard failure == 0 else { throw .engine(.writingPicture, media_error(failure)) }
            end += Int64(bytes.count)
        }
        try encoder.send(rgb.pointer, write: put)
        try encoder.send(nil, write: put)
    }
}
