package import Words

/// A video played forth and back without end: 0, 1 ... N-1, N-2 ... 1, 0, 1 ... with bounded memory.
///
/// Small videos are kept decoded. Of larger ones a window of frames is kept; on the way back the window before it is
/// decoded again from the keyframe before it.
package final class PingPongReader {
    package let width: Int
    package let height: Int
    package let frameRate: FrameRate
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// Frames of the source; nil until its end has been met once.
    package private(set) var count: Int?

    private let reader: VideoReader
    private let capacity: Int
    private let mostFrames: Int
    /// Frames `first ..< first + window.count`.
    private var window: [YUVPicture] = []
    private var first = 0

    /// - Throws: as `VideoReader`.
    package init(
        _ input: MediaInput, limits: MediaLimits = MediaLimits(), threads: Int = 2
    ) throws(Problem) {
        reader = try VideoReader(input, limits: limits, threads: threads)
        (width, height, frameRate) = (reader.width, reader.height, reader.frameRate)
        (sourceWidth, sourceHeight) = (reader.sourceWidth, reader.sourceHeight)
        mostFrames = limits.avatarFrames
        capacity = max(2, limits.frameBytes / (width * height * 3 / 2))
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
        guard let picture = try source(sourceIndex(at: index)) else {
            throw .engine(Phrase("a frame of the video was there once and not again", zh: "视频中的一帧第二次读取时不见了"))
        }
        return picture
    }

    /// A frame of the source; nil behind its end, which makes `count` known.
    package func source(_ index: Int) throws(Problem) -> YUVPicture? {
        if let count, index >= count { return nil }
        if index < first { try goBack(to: index) }
        while index >= first + window.count {
            guard try append() else { return nil }
        }
        return window[index - first]
    }

    /// Drops the oldest eighth when full: one move of the array for many frames.
    private func append() throws(Problem) -> Bool {
        let known = first + window.count
        guard known < mostFrames, let picture = try reader.next() else {
            count = known
            return false
        }
        if window.count >= capacity {
            let dropped = max(1, capacity / 8)
            window.removeFirst(dropped)
            first += dropped
        }
        window.append(picture)
        return true
    }

    /// Fills the window with the frames that end with `index`.
    private func goBack(to index: Int) throws(Problem) {
        let start = max(0, index - capacity + 1)
        window.removeAll(keepingCapacity: true)
        first = start
        var attempt = start
        // a keyframe's own time may lie a little behind where the container's index put it
        repeat {
            try reader.seek(near: attempt)
            attempt -= max(1, Int(frameRate.perSecond))
        } while reader.position > start && attempt > -Int(frameRate.perSecond)
        while reader.position < start, try reader.next() != nil {}
        while reader.position <= index, let picture = try reader.next() { window.append(picture) }
    }
}
