package import Words

/// A video played forth and back without end: 0, 1 ... N-1, N-2 ... 1, 0, 1 ... with bounded memory.
///
/// Small videos are kept decoded. Larger ones are decoded anew each time. On the way back frames are unpacked that were
/// packed on the way forth, as many as may be kept; those before them are decoded from a keyframe and packed, stretch by
/// stretch. What a frame looks like depends on its index alone, never on what was asked before.
package final class PingPongReader {
    package let width: Int
    package let height: Int
    package let frameRate: FrameRate
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// Frames of the source; nil until its end has been met once.
    package private(set) var count: Int?
    /// How many frames are going to be asked for: what these don't show isn't kept.
    package var shown = Int.max

    private let reader: VideoReader
    private let mostFrames: Int
    /// Bytes of all kept pictures, decoded or packed.
    private let kept: Int
    /// Frames `first ..< first + window.count`, decoded.
    private var window: [YUVPicture] = []
    private var first = 0
    /// The whole video fits into the window.
    private var isSmall: Bool
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
        // what the container says spares keeping frames until there are too many; where it is wrong nothing looks different
        isSmall = reader.estimatedFrames * width * height * 3 / 2 <= kept
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
        if !isSmall, let count, count > 1, index % (2 * count - 2) >= count {
            return try pictureOnWayBack(source, lowest: lowestOnWayBack(index - (2 * count - 2 - source), count))
        }
        let picture = try found(self.source(source))
        if !isSmall { try keep(picture, source, at: index) }
        return picture
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

    /// Makes frame 0 the next one again and forgets what reading ahead took, before others need the memory.
    ///
    /// - Throws: as `picture(at:)`.
    func rewind() throws(Problem) {
        guard !isSmall else { return }
        window.removeAll()
        first = 0
        try reader.go(to: 0)
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
}

// MARK: The way back

extension PingPongReader {
    /// The first source frame that is shown on the way back behind the way forth that starts with output frame `start`:
    /// beyond the video where there is no such way.
    private func lowestOnWayBack(_ start: Int, _ count: Int) -> Int { max(1, start + 2 * count - 1 - shown) }

    /// How many packed frames may be kept: they get no larger than those before; of the first, as camera pictures pack.
    private var mostPacked: Int { max(2, kept / (wayBack?.frameBytes ?? width * height / 9)) }

    /// Packs a frame on the way forth if it is soon to be shown again.
    private func keep(_ picture: YUVPicture, _ source: Int, at index: Int) throws(Problem) {
        let count = self.count ?? min(reader.estimatedFrames, mostFrames)
        let lowest = max(lowestOnWayBack(index - source, count), count - 1 - mostPacked)
        guard lowest..<max(lowest, count - 1) ~= source, wayBack?.frames.contains(source) != true else { return }
        if wayBack?.frames.upperBound != source {
            wayBack = nil
            wayBack = try PackedFrames(first: source, mostBytes: kept)
        }
        try wayBack?.append(picture)
        if source == count - 2 { wayBack?.seal() }
    }

    /// - Parameter lowest: no frame before it is needed on this way back.
    private func pictureOnWayBack(_ index: Int, lowest: Int) throws(Problem) -> YUVPicture {
        if let picture = try wayBack?.picture(index) { return picture }
        let start = max(lowest, index + 1 - mostPacked)
        wayBack = nil
        window.removeAll()
        first = .max
        try reader.go(to: start)
        var stretch = try PackedFrames(first: reader.position, mostBytes: kept)
        while reader.position <= index, let picture = try reader.next() { try stretch.append(picture) }
        stretch.seal()
        wayBack = stretch
        return try found(stretch.picture(index))
    }
}
