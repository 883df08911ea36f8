import Glibc
import TalkingHead
import Testing

@Suite struct FaceRecordTests {
    private static let file = RecordFile(width: 400, height: 400, rate: FrameRate(25))

    /// What a person's points give on a few plain pictures, of which the third is shown twice.
    private static func record(_ given: FacePoints, pictures: Int = 5) throws -> FaceRecord {
        var tracker = FaceTracker(.points(given))
        for index in 0..<pictures {
            let picture = YUVPicture.plain(400, 400, luma: UInt8(100 + index))
            try tracker.add(picture)
            if index == 2 { try tracker.add(picture) }
        }
        tracker.end()
        return tracker.record
    }

    @Test("what is noted is read again to the bit")
    func whole() throws {
        let given = try FaceSample.drawnFace()
        let record = try Self.record(given)
        #expect(record.frames == [0, 1, 2, 2, 3, 4] && record.isWhole)
        #expect(Self.file.record(Self.file.bytes(record), given: given) == record)
    }

    @Test("notes on another video, with other points, or of a face that can't be one are not believed")
    func foreign() throws {
        let given = try FaceSample.drawnFace()
        let bytes = Self.file.bytes(try Self.record(given))
        var other = given
        other.points[8].y += 1
        #expect(Self.file.record(bytes, given: other) == nil)
        for (width, height, rate) in [(402, 400, 25), (400, 398, 25), (400, 400, 30)] as [(Int, Int, Int32)] {
            let file = RecordFile(width: width, height: height, rate: FrameRate(rate))
            #expect(file.record(bytes, given: given) == nil)
        }
        // found ones have to look like a face
        #expect(Self.file.record(bytes, given: nil) != nil)
        var odd = given
        for index in 36..<42 { odd.points[index] = given.points[42] }
        #expect(Self.file.record(Self.file.bytes(try Self.record(odd)), given: nil) == nil)
    }

    @Test("notes with any byte changed, cut or added are not believed")
    func damaged() throws {
        let given = try FaceSample.drawnFace()
        let bytes = Self.file.bytes(try Self.record(given, pictures: 2))
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(Self.file.record(damaged, given: given) == nil, "byte \(index)")
        }
        for count in [0, 7, 8, 12, bytes.count - 1] {
            #expect(Self.file.record(Array(bytes.prefix(count)), given: given) == nil)
        }
        #expect(Self.file.record(bytes + [0], given: given) == nil)
    }

    @Test("notes with wrong values and a right sum give nothing but values that can be")
    func forged() throws {
        let given = try FaceSample.drawnFace()
        let bytes = Self.file.bytes(try Self.record(given, pictures: 2)).dropLast(4)
        // each word in turn: no number, huge, minus one, all bits
        for place in stride(from: 8, to: bytes.count, by: 4) {
            for word: UInt32 in [0x7fc0_0000, 0x7f7f_ffff, 0xbf80_0000, .max, 0x7fff_ffff, 3] {
                var forged = Array(bytes)
                withUnsafeBytes(of: word.littleEndian) { forged.replaceSubrange(place..<place + 4, with: $0) }
                let sum = forged.reduce(UInt32(0x811c_9dc5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
                withUnsafeBytes(of: sum.littleEndian) { forged += $0 }
                guard let record = Self.file.record(forged, given: nil) else { continue }
                let faces = try #require(record.faces(inFirst: 10))
                let places = faces.compactMap { $0?.points.points }.joined()
                #expect(places.allSatisfy { abs($0.x) < 2000 && abs($0.y) < 2000 })
            }
        }
    }

    @Test("a longer record says the same of its beginning as a shorter one")
    func beginning() throws {
        let points = try FaceSample.drawnFace().points
        func sighting(_ index: Int) -> FaceSighting? {
            // a face that trembles, gone for two spells, with a cut
            if 30..<36 ~= index || 80..<110 ~= index { return nil }
            let t = Float(index)
            let shift = SIMD2(3 * sinf(t * 1.7), 2 * cosf(t * 2.3)) + SIMD2(index < 60 ? 0 : 70, 0)
            let moved = points.map { $0 + shift }
            let isFirst = [0, 36, 60, 110].contains(index)
            let motion = Similarity(turn: SIMD2(1, 0), shift: SIMD2(2 * cosf(t), sinf(t)))
            return FaceSighting(points: moved, motion: isFirst ? nil : motion)
        }
        let long = FaceTrack((0..<300).map(sighting)).frames
        for count in [1, 20, 33, 59, 81, 100, 150] {
            let short = FaceTrack((0..<count + FaceRecord.lookAhead).map(sighting)).frames
            for (one, other) in zip(short.prefix(count), long) {
                #expect((one == nil) == (other == nil))
                guard let one, let other else { continue }
                #expect(abs(one.weight - other.weight) < 1e-6)
                for (p, q) in zip(one.points.points, other.points.points) { #expect(p.distance(to: q) < 0.3) }
            }
        }
    }

    @Test("what was noted is gone on with as if it had never been put down", .enabled(if: FaceSample.isThere))
    func continued() throws {
        let portrait = try FaceSample.astronaut()
        let finder = try FaceSample.finder()
        let pictures = (0..<14).map { index in
            var motion = Similarity.turning(degrees: sinf(Float(index)), scale: 1)
            motion.shift = SIMD2(150 + 2 * Float(index), 160) - motion(SIMD2(228, 130))
            return portrait.moved(by: motion, width: 320, height: 320, grain: 5)
        }
        var whole = FaceTracker(finder: finder)
        for picture in pictures { try whole.add(picture) }
        let file = RecordFile(width: 320, height: 320, rate: FrameRate(30))
        for count in [1, 9] {
            var first = FaceTracker(finder: finder)
            for picture in pictures.prefix(count) { try first.add(picture) }
            let noted = try #require(file.record(file.bytes(first.record), given: nil))
            var second = FaceTracker(.finder(finder), continuing: noted, after: pictures[count - 1])
            for picture in pictures.dropFirst(count) { try second.add(picture) }
            #expect(second.record == whole.record)
        }
    }
}
