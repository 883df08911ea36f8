/// A face record as bytes, all numbers little-endian: what the video is, where the face is followed, the frames, the
/// sightings, and a sum of all that.
package struct RecordFile {
    /// To be raised whenever the same video would give another record.
    private static let version: UInt32 = 2
    private static let name: [UInt8] = Array("HGW face".utf8)
    /// In bytes: room for some 20,000 pictures.
    static let most: Int64 = 16 << 20

    private let width: Int
    private let height: Int
    private let rate: FrameRate

    package init(width: Int, height: Int, rate: FrameRate) {
        (self.width, self.height, self.rate) = (width, height, rate)
    }

    init(_ reader: PingPongReader) {
        self.init(width: reader.width, height: reader.height, rate: reader.frameRate)
    }

    private var head: [UInt32] {
        [
            Self.version, UInt32(width), UInt32(height), UInt32(bitPattern: rate.numerator),
            UInt32(bitPattern: rate.denominator),
        ]
    }

    // MARK: Writing

    package func bytes(_ record: FaceRecord) -> [UInt8] {
        var sheet = Sheet(bytes: Self.name)
        for number in head { sheet.put(number) }
        let crop = record.crop ?? FaceCrop(centre: .zero, side: 0)
        sheet.put([crop.centre.x, crop.centre.y, crop.side, crop.angle, record.unrest])
        sheet.put(record.isWhole ? 1 : 0)
        sheet.put(UInt32(record.frames.count))
        sheet.put(UInt32(record.sightings.count))
        for frame in record.frames { sheet.put(UInt32(frame)) }
        for sighting in record.sightings { put(sighting, to: &sheet) }
        sheet.put(Self.sum(sheet.bytes[...]))
        return sheet.bytes
    }

    private func put(_ sighting: FaceSighting?, to sheet: inout Sheet) {
        guard let sighting, let lips = sighting.lips else { return sheet.put(0) }
        sheet.put(sighting.motion == nil ? 1 : 2)
        for point in sighting.points { sheet.put([point.x, point.y]) }
        if let motion = sighting.motion {
            sheet.put([motion.turn.x, motion.turn.y, motion.shift.x, motion.shift.y])
        }
        for edge in [lips.upper, lips.lower] { sheet.put(edge.indices.map { edge[$0] }) }
    }

    // MARK: Reading

    /// Nil unless every value can be one of this video.
    package func record(_ bytes: [UInt8], given: FacePoints?) -> FaceRecord? {
        guard bytes.count > Self.name.count + 4, bytes.count <= Self.most, bytes.starts(with: Self.name) else {
            return nil
        }
        var sheet = Sheet(bytes: bytes, place: bytes.count - 4)
        guard sheet.number() == Self.sum(bytes.dropLast(4)) else { return nil }
        sheet = Sheet(bytes: bytes.dropLast(4), place: Self.name.count)
        for number in head where sheet.number() != number { return nil }
        var record = FaceRecord()
        guard let state = sheet.numbers(5), let whole = sheet.number(), whole <= 1, let frames = sheet.number(),
            let sightings = sheet.number(), frames > 0, sightings <= frames, frames <= UInt32(Self.most) / 4
        else { return nil }
        guard put(state, to: &record), put(frames: frames, sightings, from: &sheet, to: &record) else { return nil }
        record.isWhole = whole == 1
        for _ in 0..<sightings {
            guard let sighting = sighting(&sheet, given: given) else { return nil }
            record.sightings.append(sighting.value)
        }
        return sheet.isAtEnd ? record : nil
    }

    private func put(_ state: [Float], to record: inout FaceRecord) -> Bool {
        let crop = FaceCrop(centre: SIMD2(state[0], state[1]), side: state[2], angle: state[3])
        record.unrest = state[4]
        guard 0...256 ~= record.unrest, crop.side >= 0, crop.side <= 8 * largest, isNear(crop.centre),
            -4...4 ~= crop.angle
        else { return false }
        record.crop = crop.side > 0 ? crop : nil
        return true
    }

    /// Each frame shows the sighting of the frame before it, or the next one.
    private func put(
        frames: UInt32, _ sightings: UInt32, from sheet: inout Sheet, to record: inout FaceRecord
    ) -> Bool {
        var next: UInt32 = 0
        for _ in 0..<frames {
            guard let frame = sheet.number(), frame < sightings, frame == next || next > 0 && frame == next - 1 else {
                return false
            }
            next = max(next, frame + 1)
            record.frames.append(Int32(frame))
        }
        return next == sightings
    }

    /// A sighting, or that there was none.
    private struct Entry {
        let value: FaceSighting?
    }

    private func sighting(_ sheet: inout Sheet, given: FacePoints?) -> Entry? {
        guard let kind = sheet.number(), kind <= 2 else { return nil }
        if kind == 0 { return Entry(value: nil) }
        guard let places = sheet.numbers(2 * FacePoints.count) else { return nil }
        let points = (0..<FacePoints.count).map { SIMD2(places[2 * $0], places[2 * $0 + 1]) }
        guard points.allSatisfy(isNear) else { return nil }
        let face = FacePoints(points: points, origin: .found)
        guard given.map({ $0.points == points }) ?? face.isPlausible else { return nil }
        var motion: Similarity?
        if kind == 2 {
            guard let found = sheet.numbers(4) else { return nil }
            let moved = Similarity(turn: SIMD2(found[0], found[1]), shift: SIMD2(found[2], found[3]))
            guard 0.5...2 ~= moved.scale, isNear(moved.shift) else { return nil }
            motion = moved
        }
        guard let upper = edge(&sheet), let lower = edge(&sheet) else { return nil }
        return Entry(value: FaceSighting(points: points, motion: motion, lips: LipEdges(upper: upper, lower: lower)))
    }

    private func edge(_ sheet: inout Sheet) -> SIMD32<Float>? {
        // no lip is further from the middle of the mouth than the eyes are
        guard let values = sheet.numbers(SIMD32<Float>.scalarCount), values.allSatisfy({ -2...2 ~= $0 }) else {
            return nil
        }
        return SIMD32(values)
    }

    private var largest: Float { Float(max(width, height)) }

    /// Within a picture's width of the picture.
    private func isNear(_ place: SIMD2<Float>) -> Bool {
        -largest...2 * largest ~= place.x && -largest...2 * largest ~= place.y
    }

    /// FNV-1a, for damage and not for malice: whoever writes wrong values may also write their sum.
    private static func sum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.reduce(0x811c_9dc5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }
}

/// Bytes with a place at which they are read.
private struct Sheet {
    var bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8], place: Int = 0) {
        (self.bytes, self.place) = (bytes, place)
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func put(_ number: UInt32) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ numbers: [Float]) {
        for number in numbers { put(number.bitPattern) }
    }

    mutating func number() -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        defer { place += 4 }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }

    /// Nil also where one is no number: no range holds such.
    mutating func numbers(_ count: Int) -> [Float]? {
        var numbers: [Float] = []
        for _ in 0..<count {
            guard let bits = number() else { return nil }
            let number = Float(bitPattern: bits)
            guard number.isFinite else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
