import CFFmpeg
import Words

/// Changes size and format of single pictures: FFmpeg's scaler, told what FFmpeg's filter `scale` would tell it. Stills
/// need no filters, whose library takes longer to load than a still to be looked at.
struct PictureScaler {
    let format: AVPixelFormat
    /// `SWS_` and so on.
    let flags: Int32
    /// What comes out is BT.709 in limited range; else it has the matrix of what goes in.
    let isForMovie: Bool

    /// As `FrameFilter.toYUV`.
    static let toYUV = PictureScaler(
        format: AV_PIX_FMT_YUV420P,
        flags: SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, isForMovie: true)

    /// Colours as they are shown.
    static func toRGB(_ format: AVPixelFormat) -> PictureScaler {
        PictureScaler(format: format, flags: SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, isForMovie: false)
    }

    /// The picture in the new format, of a new size where one is given.
    func scaled(_ frame: Frame, to size: PictureSize? = nil) throws(Problem) -> Frame {
        _ = FFmpegError.silence
        let source = frame.pointer
        let context = try FFmpegError.allocated(sws_alloc_context())
        defer { sws_freeContext(context) }
        let target = size ?? PictureSize(width: Int(source.pointee.width), height: Int(source.pointee.height))
        setUp(context, source.pointee, target)
        try FFmpegError.check(sws_init_context(context, nil, nil), .preparingPicture)
        setColours(context, source.pointee)
        let result = try Frame()
        try FFmpegError.check(av_frame_copy_props(result.pointer, source), .preparingPicture)
        try FFmpegError.check(sws_scale_frame(context, result.pointer, source), .preparingPicture)
        return result
    }

    private func setUp(_ context: OpaquePointer, _ source: AVFrame, _ target: PictureSize) {
        func set(_ name: String, _ value: Int) {
            av_opt_set_int(UnsafeMutableRawPointer(context), name, Int64(value), 0)
        }
        set("sws_flags", Int(flags))
        set("srcw", Int(source.width))
        set("srch", Int(source.height))
        set("src_format", Int(source.format))
        set("dstw", target.width)
        set("dsth", target.height)
        set("dst_format", Int(format.rawValue))
        // chroma lies between two rows, and on every other column, as in MPEG-2
        if source.format == AV_PIX_FMT_YUV420P.rawValue { set("src_v_chr_pos", 128) }
        if format == AV_PIX_FMT_YUV420P { set("dst_v_chr_pos", 128) }
    }

    private func setColours(_ context: OpaquePointer, _ source: AVFrame) {
        var tables: (UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?)
        var (isFull, comesOutFull): (Int32, Int32) = (0, 0)
        var (brightness, contrast, saturation): (Int32, Int32, Int32) = (0, 0, 0)
        sws_getColorspaceDetails(
            context, &tables.0, &isFull, &tables.1, &comesOutFull, &brightness, &contrast, &saturation)
        // what doesn't say its matrix is BT.601
        let isSaid = (1...10).contains(source.colorspace.rawValue) && source.colorspace != AVCOL_SPC_YCGCO
        let matrix = sws_getCoefficients(Int32((isSaid ? source.colorspace : AVCOL_SPC_BT470BG).rawValue))
        if source.color_range != AVCOL_RANGE_UNSPECIFIED { isFull = source.color_range == AVCOL_RANGE_JPEG ? 1 : 0 }
        sws_setColorspaceDetails(
            context, matrix, isFull, isForMovie ? sws_getCoefficients(Int32(AVCOL_SPC_BT709.rawValue)) : matrix,
            isForMovie ? 0 : comesOutFull, brightness, contrast, saturation)
    }
}
