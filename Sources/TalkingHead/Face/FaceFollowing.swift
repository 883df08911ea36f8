import Words

/// Looks for the face in the frames of a video, in order and as far as is asked for.
final class FaceFollowing {
    private var tracker: FaceTracker
    private let frames: ReadAhead<SeenFrame>

    /// Often enough on a slow machine, not too often on a quick one.
    private static let framesALife = 25

    /// Starts reading at once: until `stop` nobody else may use the reader.
    ///
    /// - Parameter record: what was found before.
    /// - Throws: what is wrong with the video.
    init(_ way: FaceTracker.Way, continuing record: FaceRecord, in reader: PingPongReader) throws(Problem) {
        let known = record.frames.count
        let last = known > 0 ? try reader.source(known - 1) : nil
        tracker = FaceTracker(way, continuing: record, after: last)
        frames = Self.frames(of: reader, from: known)
    }

    /// Decoded and prepared two frames ahead.
    private static func frames(of reader: PingPongReader, from first: Int) -> ReadAhead<SeenFrame> {
        var index = first
        var last: SeenFrame?
        return ReadAhead("frames", count: 2) { () throws(Problem) in
            guard let picture = try reader.source(index) else { return nil }
            index += 1
            // a repeated picture is prepared once
            let frame = last.flatMap { $0.picture === picture ? $0 : nil } ?? SeenFrame(picture)
            last = frame
            return frame
        }
    }

    private var record: FaceRecord { tracker.record }

    /// Looks at frames until the record tells of `count`, or the video ends.
    ///
    /// - Parameter alive: called now and then.
    /// - Throws: `engine`, or what is wrong with the video.
    func go(to count: Int, alive: () -> Void) throws(Problem) {
        while record.frames.count < count, !record.isWhole {
            guard let frame = try frames.next() else { return tracker.end() }
            try tracker.add(frame)
            if record.frames.count % Self.framesALife == 1 { alive() }
        }
    }

    /// Goes to `count` and stops: then the reader is free.
    ///
    /// - Returns: what was found.
    /// - Throws: as `go`.
    func finish(at count: Int, alive: () -> Void) throws(Problem) -> FaceRecord {
        defer { stop() }
        try go(to: count, alive: alive)
        return record
    }

    func stop() { frames.stop() }
}
