import CFFmpeg
package import Words

/// Reads a video's pictures in order at one constant rate, turned, reduced and in the colours that the encoder takes.
///
/// A variable rate is brought to the average one by repeating and leaving out pictures; a repeated picture is the same
/// object. Interlaced video is deinterlaced, high dynamic range brought into that of BT.709.
package final class VideoReader {
    package let width: Int
    package let height: Int
    package let frameRate: FrameRate
    /// Index of the frame that `next` gives.
    package private(set) var position = 0
    /// As shown, before reducing.
    package let sourceWidth: Int
    package let sourceHeight: Int

    private let decoder: FrameDecoder
    private let turn: Orientation
    private let name: String
    private var filter: FrameFilter?
    /// From the first interlaced picture on; also where the container says so.
    private var isInterlaced: Bool
    /// Whether the filter puts interlaced pictures right.
    private var deinterlaces = false
    private let decoded: Frame
    private let filtered: Frame
    private var pool = PicturePool()
    /// Time of the first picture in seconds; all indices count from it.
    private var origin: Double?
    private var current: (picture: YUVPicture, end: Int)?
    private var ahead: Timed?
    private var isAtEnd = false

    /// A picture, its index at the constant rate, and the index at which it would end by its own duration.
    private struct Timed {
        var picture: YUVPicture
        var index: Int
        var end: Int
    }

    /// - Throws: `empty`, `undecodable`, `cut`, `unsupported`, `no_picture`, `too_large`, `too_small`.
    package init(
        _ input: MediaInput, limits: MediaLimits = MediaLimits(), threads: Int = 2
    ) throws(Problem) {
        let demuxer = try Demuxer(DescriptorInput(input), role: .video)
        decoder = try FrameDecoder(demuxer, role: .video, limits: limits, threads: threads)
        name = input.name
        let stream = demuxer.stream
        let parameters = try FFmpegError.allocated(stream.pointee.codecpar)
        turn = Orientation(stream: stream)
        let stored = PictureSize(width: Int(parameters.pointee.width), height: Int(parameters.pointee.height))
        guard stored.width > 0, stored.height > 0 else { throw .undecodable(input.name, wanted: .video) }
        let fields = parameters.pointee.field_order
        isInterlaced = [AV_FIELD_TT, AV_FIELD_BB, AV_FIELD_TB, AV_FIELD_BT].contains(fields)
        let shown = stored.shown(demuxer.pixelAspect).turned(turn)
        let size = shown.fitted(limits)
        guard min(shown.width, shown.height, size.width, size.height) >= limits.leastSide else {
            throw .tooSmall(input.name, shown, fitted: size, limits)
        }
        (sourceWidth, sourceHeight) = (shown.width, shown.height)
        (width, height) = (size.width, size.height)
        frameRate = FrameRate.constant(
            average: av_q2d(stream.pointee.avg_frame_rate), limit: limits.framesPerSecond)
        decoded = try Frame()
        filtered = try Frame()
    }

    /// What was done to it that the user may want to know; mostly empty. Odd sizes lose a row or column, which is not
    /// worth a word.
    package var note: Phrase {
        guard height + 1 < sourceHeight || width + 1 < sourceWidth else { return Phrase(verbatim: "") }
        let (from, to) = ("\(sourceWidth) x \(sourceHeight)", "\(width) x \(height)")
        return Phrase("video reduced from \(from) to \(to)", zh: "视频已由 \(from) 缩小到 \(to)")
    }

    /// The next picture; nil after the last.
    ///
    /// - Throws: `cut` where the file ends before its pictures do, `undecodable` when not one could be read.
    package func next() throws(Problem) -> YUVPicture? {
        if current.map({ position >= $0.end }) ?? true {
            guard try advance() else { return nil }
        }
        position += 1
        return current?.picture
    }

    /// As the container says it; the true number is known after the last frame.
    var estimatedFrames: Int { Int((min(decoder.demuxer.seconds ?? 0, 1e6) * frameRate.perSecond).rounded()) }

    /// Makes frame `index` the next one.
    func go(to index: Int) throws(Problem) {
        let second = max(1, Int(frameRate.perSecond))
        var attempt = index
        // a keyframe's own time may lie a little behind where the container's index put it
        repeat {
            try seek(near: attempt)
            attempt -= second
        } while position > index && attempt > -second
        while position < index, try next() != nil {}
    }

    /// Goes to the keyframe at or before a frame; `position` tells where that is.
    func seek(near index: Int) throws(Problem) {
        let base = decoder.demuxer.stream.pointee.time_base
        let seconds = (origin ?? 0) + frameRate.start(of: index)
        try decoder.seek(to: Int64((seconds / av_q2d(base)).rounded(.down)))
        filter = nil
        // whoever goes somewhere looks at fewer pictures at a time than who reads ahead
        (pool, current, ahead, isAtEnd) = (PicturePool(), nil, nil, false)
        ahead = try pull()
        position = ahead?.index ?? index
    }

    /// Makes the next picture the current one; of pictures that fall on the same index the last is taken.
    private func advance() throws(Problem) -> Bool {
        if ahead == nil { ahead = try pull() }
        guard var taken = ahead else {
            guard origin != nil else { throw .undecodable(name, wanted: .video) }
            return false
        }
        ahead = try pull()
        while let following = ahead, following.index <= max(taken.index, position) {
            taken = following
            ahead = try pull()
        }
        current = (taken.picture, max(position + 1, ahead?.index ?? taken.end))
        return true
    }

    private func pull() throws(Problem) -> Timed? {
        while !isAtEnd {
            if let filter, try filter.receive(into: filtered.pointer) {
                defer { av_frame_unref(filtered.pointer) }
                return timed(filtered, filter.timeBase)
            }
            guard try decoder.next(into: decoded.pointer) else {
                guard !decoder.demuxer.isDamaged else { throw .cut(name) }
                isAtEnd = true
                try filter?.send(nil)
                guard let filter, try filter.receive(into: filtered.pointer) else { return nil }
                defer { av_frame_unref(filtered.pointer) }
                return timed(filtered, filter.timeBase)
            }
            decoded.pointer.pointee.pts = decoded.pointer.pointee.best_effort_timestamp
            if filter == nil, isReady {
                defer { av_frame_unref(decoded.pointer) }
                return timed(decoded, decoder.demuxer.stream.pointee.time_base)
            }
            try readyFilter().send(decoded.pointer)
        }
        return nil
    }

    private func timed(_ frame: Frame, _ base: AVRational) -> Timed {
        let stamp = frame.pointer.pointee.pts
        let seconds = stamp == media_no_time ? frameRate.start(of: position) : Double(stamp) * av_q2d(base)
        let origin = self.origin ?? seconds
        self.origin = origin
        let index = ((seconds - origin) * frameRate.perSecond).rounded()
        // a crafted time stamp may be anything
        let bounded = index.isFinite ? Int(min(max(index, 0), 1e9)) : 0
        return Timed(picture: frame.picture(from: &pool), index: bounded, end: bounded + 1)
    }

    /// The decoded picture is as the encoder takes it.
    private var isReady: Bool {
        let frame = decoded.pointer.pointee
        let isHD =
            frame.colorspace == AVCOL_SPC_BT709 || frame.colorspace == AVCOL_SPC_UNSPECIFIED && frame.height >= 720
        return frame.format == AV_PIX_FMT_YUV420P.rawValue && frame.color_range != AVCOL_RANGE_JPEG && isHD
            && turn.filters.isEmpty && !isInterlaced && frame.interlaced_frame == 0 && HighRange(frame) == nil
            && Int(frame.width) == width && Int(frame.height) == height
    }

    private func readyFilter() throws(Problem) -> FrameFilter {
        let frame = decoded.pointer.pointee
        isInterlaced = isInterlaced || frame.interlaced_frame != 0
        if let filter, filter.accepts(decoded.pointer), deinterlaces == isInterlaced { return filter }
        // of video that does not say its colours, high definition is BT.709, as players take it
        let isSaid = frame.colorspace != AVCOL_SPC_UNSPECIFIED
        let matrix = isSaid ? "auto" : frame.height >= 720 ? "bt709" : "bt601"
        deinterlaces = isInterlaced
        let deinterlace = deinterlaces ? "bwdif=mode=send_frame:deint=interlaced," : ""
        let size = PictureSize(width: width, height: height)
        let odd = PictureSize(width: Int(frame.width), height: Int(frame.height)).turned(turn).cropped(to: size)
        let toYUV = HighRange(frame)?.toYUV(size) ?? FrameFilter.toYUV(size, matrix: matrix)
        let chain = "[in]" + deinterlace + turn.filters + odd + toYUV + "[out]"
        let made = try FrameFilter(
            frame: decoded.pointer, timeBase: decoder.demuxer.stream.pointee.time_base, chain: chain)
        filter = made
        return made
    }
}
