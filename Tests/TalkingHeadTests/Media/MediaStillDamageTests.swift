import TalkingHead
import Testing
import Words

/// Stills as a bad disk, a broken transfer or an enemy would leave them.
@Suite struct MediaStillDamageTests {
    static let rows = (MediaTable.png + MediaTable.jpeg + MediaTable.webp + MediaTable.bitmaps)
        .filter {
            [
                "deep-cutout.png", "palette-cutout.png", "interlaced.png", "animated.png", "phone.png", "print.jpg",
                "print-plain.jpg", "progressive.jpg", "turned.jpg", "cutout.webp", "lossless-cutout.webp", "patch.webp",
                "animated.webp", "runs.bmp", "runs-4.bmp", "os2.bmp", "masks.bmp",
            ].contains($0.file)
        }
    static let blame: Set<Reason> = [.undecodable, .unsupported, .cut, .tooSmall, .tooLarge]

    @Test("a damaged still is read or refused, never crashed on", arguments: rows)
    func damage(row: MediaRow) throws {
        let folder = try MediaFolder()
        _ = try row.make(in: folder)
        let whole = try folder.bytes(row.file)
        var limits = MediaLimits()
        limits.stillPixels = 1_000_000
        var random = SplitMix(state: 3)
        for round in 0..<60 {
            var bytes = whole
            // half of the hits go to the headers, where the structure is
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let reach = Bool.random(using: &random) ? min(bytes.count, 120) : bytes.count
                bytes[Int.random(in: 0..<reach, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if round % 4 == 3 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            let file = try folder.write("\(round)-\(row.file)", bytes)
            let found = problem { () throws(Problem) in _ = try StillReader.read(file, limits: limits) }
            if let found, !bytes.isEmpty {
                #expect(Self.blame.contains(found.reason), "\(file.name): \(found.message)")
            }
        }
    }

    @Test(
        "a still that was cut anywhere is never half a picture",
        arguments: ["plain.jpg", "plain.png", "plain.bmp", "plain.webp"])
    func cut(name: String) throws {
        let folder = try MediaFolder()
        let row = try #require(MediaTable.rows.first { $0.file == name })
        _ = try row.make(in: folder)
        let whole = try folder.bytes(name)
        for length in stride(from: 1, to: whole.count - 1, by: max(1, whole.count / 40)) {
            let file = try folder.write("\(length)-\(name)", whole.prefix(length))
            #expect(throws: Problem.self) { try StillReader.read(file) }
        }
    }
}
