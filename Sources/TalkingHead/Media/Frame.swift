import CFFmpeg
import Words

/// One of FFmpeg's frames, freed with this object.
final class Frame {
    let pointer: UnsafeMutablePointer<AVFrame>

    init() throws(Problem) {
        pointer = try FFmpegError.allocated(av_frame_alloc())
    }

    deinit {
        var frame: UnsafeMutablePointer<AVFrame>? = pointer
        av_frame_free(&frame)
    }

    /// Copies the samples of a yuv420p frame.
    func picture() -> YUVPicture {
        var pool = PicturePool()
        return picture(from: &pool)
    }

    /// The same in a picture that was used before, if one is free.
    func picture(from pool: inout PicturePool) -> YUVPicture {
        let frame = pointer.pointee
        let picture = pool.take(width: Int(frame.width), height: Int(frame.height))
        av_image_copy_plane(
            picture.y, Int32(picture.lumaStride), frame.data.0, frame.linesize.0, frame.width, frame.height)
        let (width, height) = (frame.width / 2, frame.height / 2)
        av_image_copy_plane(picture.u, Int32(picture.chromaStride), frame.data.1, frame.linesize.1, width, height)
        av_image_copy_plane(picture.v, Int32(picture.chromaStride), frame.data.2, frame.linesize.2, width, height)
        return picture
    }

    /// Shows a picture to FFmpeg without copying it: the picture lives until FFmpeg has let go of it.
    func borrow(_ picture: YUVPicture) throws(Problem) {
        av_frame_unref(pointer)
        pointer.pointee.width = Int32(picture.width)
        pointer.pointee.height = Int32(picture.height)
        pointer.pointee.format = AV_PIX_FMT_YUV420P.rawValue
        pointer.pointee.color_range = AVCOL_RANGE_MPEG
        pointer.pointee.colorspace = AVCOL_SPC_BT709
        pointer.pointee.color_primaries = AVCOL_PRI_BT709
        pointer.pointee.color_trc = AVCOL_TRC_BT709
        pointer.pointee.data.0 = picture.y
        pointer.pointee.data.1 = picture.u
        pointer.pointee.data.2 = picture.v
        pointer.pointee.linesize.0 = Int32(picture.lumaStride)
        pointer.pointee.linesize.1 = Int32(picture.chromaStride)
        pointer.pointee.linesize.2 = Int32(picture.chromaStride)
        // one reference stands for all three planes: it is what keeps the picture alive
        let buffer = av_buffer_create(
            picture.y, picture.lumaStride * picture.height,
            { opaque, _ in
                guard let opaque else { return }
                Unmanaged<YUVPicture>.fromOpaque(opaque).release()
            }, Unmanaged.passRetained(picture).toOpaque(), AV_BUFFER_FLAG_READONLY)
        pointer.pointee.buf.0 = try FFmpegError.allocated(buffer)
    }
}
