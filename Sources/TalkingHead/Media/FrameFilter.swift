import CFFmpeg
import Words

/// A chain of FFmpeg's filters for pictures of one size and format.
final class FrameFilter {
    private var graph: UnsafeMutablePointer<AVFilterGraph>?
    private let source: UnsafeMutablePointer<AVFilterContext>
    private let sink: UnsafeMutablePointer<AVFilterContext>
    private let width: Int32
    private let height: Int32
    private let format: Int32

    /// - Parameters:
    ///   - frame: the first picture; those after it have to fit (`accepts`).
    ///   - chain: in FFmpeg's words, from `[in]` to `[out]`.
    init(
        frame: UnsafePointer<AVFrame>, timeBase: AVRational, chain: String
    ) throws(Problem) {
        _ = FFmpegError.silence
        try FilterLibrary.load()
        width = frame.pointee.width
        height = frame.pointee.height
        format = frame.pointee.format
        var graph = avfilter_graph_alloc()
        try FFmpegError.allocated(graph).pointee.nb_threads = 1
        do throws(Problem) {
            let arguments =
                "video_size=\(width)x\(height):pix_fmt=\(format):time_base=\(timeBase.num)/\(timeBase.den):pixel_aspect=1/1"
            source = try Self.node("buffer", "in", arguments, graph)
            sink = try Self.node("buffersink", "out", nil, graph)
            try Self.connect(graph, source, sink, chain)
        } catch {
            avfilter_graph_free(&graph)
            throw error
        }
        self.graph = graph
    }

    deinit {
        avfilter_graph_free(&graph)
    }

    /// Of the frames that come out.
    var timeBase: AVRational { av_buffersink_get_time_base(sink) }

    func accepts(_ frame: UnsafePointer<AVFrame>) -> Bool {
        frame.pointee.width == width && frame.pointee.height == height && frame.pointee.format == format
    }

    /// Takes a frame over (it is empty afterwards); nil is the end.
    func send(_ frame: UnsafeMutablePointer<AVFrame>?) throws(Problem) {
        try FFmpegError.check(av_buffersrc_add_frame_flags(source, frame, 0), .preparingPicture)
    }

    /// Gives the next frame that is ready; false when the chain wants more, or has come to its end.
    func receive(into frame: UnsafeMutablePointer<AVFrame>) throws(Problem) -> Bool {
        let code = av_buffersink_get_frame(sink, frame)
        if code == media_error_again || code == media_error_end { return false }
        try FFmpegError.check(code, .preparingPicture)
        return true
    }

    /// The last links of every chain: scaled well, as BT.709 in limited range, 4:2:0.
    ///
    /// - Parameter matrix: of the source, where the picture itself does not say it.
    static func toYUV(_ size: PictureSize, matrix: String = "auto") -> String {
        "scale=w=\(size.width):h=\(size.height):flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp"
            + ":in_color_matrix=\(matrix):out_color_matrix=bt709:out_range=tv,format=yuv420p"
    }

    private static func node(
        _ filter: String, _ name: String, _ arguments: String?, _ graph: UnsafeMutablePointer<AVFilterGraph>?
    ) throws(Problem) -> UnsafeMutablePointer<AVFilterContext> {
        var node: UnsafeMutablePointer<AVFilterContext>?
        let code = avfilter_graph_create_filter(&node, avfilter_get_by_name(filter), name, arguments, nil, graph)
        try FFmpegError.check(code, .preparingPicture)
        return try FFmpegError.allocated(node)
    }

    private static func connect(
        _ graph: UnsafeMutablePointer<AVFilterGraph>?, _ source: UnsafeMutablePointer<AVFilterContext>,
        _ sink: UnsafeMutablePointer<AVFilterContext>, _ chain: String
    ) throws(Problem) {
        var outputs = avfilter_inout_alloc()
        var inputs = avfilter_inout_alloc()
        defer {
            avfilter_inout_free(&outputs)
            avfilter_inout_free(&inputs)
        }
        outputs?.pointee.name = av_strdup("in")
        outputs?.pointee.filter_ctx = source
        inputs?.pointee.name = av_strdup("out")
        inputs?.pointee.filter_ctx = sink
        try FFmpegError.check(
            avfilter_graph_parse_ptr(graph, chain, &inputs, &outputs, nil), .preparingPicture)
        try FFmpegError.check(avfilter_graph_config(graph, nil), .preparingPicture)
    }
}
