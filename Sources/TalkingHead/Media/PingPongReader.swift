package import Words

/// A video played forth and back without end: 0, 1 ... N-1, N-2 ... 1, 0, 1 ... with bounded memory.
///
/// Small videos are kept decoded. Larger ones are decoded anew each time; on the way back a stretch of frames is decoded
/// from the keyframe before it and kept packed. What a frame looks like depends on its index alone, never on what was
/// asked before.
package final class PingPongReader {
    package let width: Int
    package let height: Int
    package let frameRate: FrameRate
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// Frames of the source; nil until its end has been met once.
    package private(set) var count: Int?

    private let reader: VideoReader
    private let mostFrames: Int
    /// Bytes of all kept pictures, decoded or packed.
    private let kept: Int
    /// Frames `first ..< first + window.count`, decoded.
    private var window: [YUVPicture] = []
    private var first = 0
    /// The whole video fits into the window.
    private var isSmall = true
    private var wayBack: PackedFrames?

    /// - Throws: as `VideoReader`.
    package init(
        _ input: MediaInput, limits: MediaLimits = MediaLimits(), threads: Int = 1
    ) throws(Problem) {
        reader = try VideoReader(input, limits: limits, threads: threads)
        (width, height, frameRate) = (reader.width, reader.height, reader.frameRate)
        (sourceWidth, sourceHeight) = (reader.sourceWidth, reader.sourceHeight)
        mostFrames = limits.avatarFrames
        kept = limits.frameBytes(width: width, height: height)
    }

    /// What was done to it that the user may want to know, where `frames` are shown; mostly empty.
    package func note(showing frames: Int) -> Phrase {
        // the container's word alone counts for nothing: it may say what it likes
        guard min(reader.estimatedFrames, frames) > mostFrames else { return reader.note }
        let minutes = max(1, Int((frameRate.start(of: mostFrames) / 60).rounded()))
        let part = Phrase("only the first \(minutes) min of the video are used", zh: "仅使用视频的前 \(minutes) 分钟")
        return .joined([reader.note, part])
    }

    /// The only picture of a video that has no more than one; nil for all others.
    ///
    /// - Throws: as `picture(at:)`.
    package var still: StillPicture? {
        get throws(Problem) {
            guard let picture = try source(0), try source(1) == nil else { return nil }
            return StillPicture(
                picture: picture, sourceWidth: sourceWidth, sourceHeight: sourceHeight, isAnimated: false, ground: nil)
        }
    }

    /// Which source frame output frame `index` shows.
    ///
    /// - Throws: as `picture(at:)`.
    package func sourceIndex(at index: Int) throws(Problem) -> Int {
        if count == nil, try source(index) != nil { return index }
        guard let count, count > 1 else { return 0 }
        let phase = index % (2 * count - 2)
        return phase < count ? phase : 2 * count - 2 - phase
    }

    /// The picture of output frame `index`; cheapest when asked in order.
    ///
    /// - Throws: `cut` or `undecodable` where the video can't be read.
    package func picture(at index: Int) throws(Problem) -> YUVPicture {
        let source = try sourceIndex(at: index)
        if !isSmall, let count, count > 1, index % (2 * count - 2) >= count { return try pictureOnWayBack(source) }
        wayBack = nil
        return try found(self.source(source))
    }

    /// A frame of the source; nil behind its end, which makes `count` known.
    package func source(_ index: Int) throws(Problem) -> YUVPicture? {
        if let count, index >= count { return nil }
        if index < first {
            window.removeAll()
            first = index
            try reader.go(to: index)
        }
        while index >= first + window.count {
            guard try append() else { return nil }
        }
        return window[index - first]
    }

    private func found(_ picture: YUVPicture?) throws(Problem) -> YUVPicture {
        if let picture { return picture }
        throw .engine(Phrase("a frame of the video was there once and not again", zh: "视频中的一帧第二次读取时不见了"))
    }

    /// One frame is enough for who comes in order, unless all fit.
    private func append() throws(Problem) -> Bool {
        let known = first + window.count
        guard known < mostFrames, let picture = try reader.next() else {
            count = known
            return false
        }
        window.append(picture)
        isSmall = isSmall && window.count * width * height * 3 / 2 <= kept
        if !isSmall, window.count > 1 {
            first += window.count - 1
            window.removeFirst(window.count - 1)
        }
        return true
    }

    private func pictureOnWayBack(_ index: Int) throws(Problem) -> YUVPicture {
        if let picture = try wayBack?.picture(index) { return picture }
        // like the stretch before; the first as camera pictures pack
        let each = wayBack?.frameBytes ?? width * height / 6
        wayBack = nil
        window.removeAll()
        first = .max
        try reader.go(to: max(0, index + 1 - max(2, kept / each)))
        wayBack = try PackedFrames(from: reader, through: index, mostBytes: kept)
        return try found(wayBack?.picture(index))
    }
}
