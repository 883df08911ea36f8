import Foundation
import Pack
import Testing

@Suite struct ZipImageTests {
    private static let sets: [[(name: String, bytes: [UInt8])]] = [
        [],
        [("empty.mp4", [])],
        [("a.mp4", noise(1, seed: 1)), ("b.mp4", []), ("c/é.mp4", noise(5000, seed: 2)), ("z", noise(4096, seed: 3))],
        (0..<200).map { ("ordner \($0 % 3)/视频 \($0).mp4", noise($0 % 7 * 50, seed: UInt64($0))) },
    ]

    /// What a part is, its file's bytes filled in.
    private func bytes(_ part: ZipImage.Part, _ entries: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        switch part {
        case .bytes(let bytes): bytes
        case .data(let entry, let range): Array(entries[entry].bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }

    @Test("any range of the value is that range of the file", arguments: sets.indices, [false, true])
    func ranges(set: Int, align: Bool) throws {
        try withTemporaryFolder { folder in
            let entries = Self.sets[set]
            let (_, image) = try folder.archive("out.zip", entries, align: align)
            let file = try folder.bytes(of: "out.zip")
            #expect(UInt64(file.count) == image.layout.archiveSize)
            var random = SeededGenerator(seed: UInt64(set))
            for round in 0..<300 {
                let start = round == 0 ? 0 : Int.random(in: 0...file.count, using: &random)
                // short ones too, which begin and end inside of headers
                let longest = round % 2 == 0 ? file.count : min(file.count, start + 40)
                let end = round == 0 ? file.count : Int.random(in: start...max(start, longest), using: &random)
                let parts = Array(image.parts(of: UInt64(start)..<UInt64(end)))
                #expect(parts.flatMap { bytes($0, entries) } == Array(file[start..<end]), "\(start)..<\(end)")
                #expect(parts.allSatisfy { $0.count > 0 })
            }
        }
    }

    @Test("what lies beyond the end is left out")
    func beyond() throws {
        let image = ZipImage(try ZipLayout([]), crc32s: [])
        #expect(image.parts(of: 0..<UInt64.max).map(\.count).reduce(0, +) == 22)
        #expect(Array(image.parts(of: 22..<100)).isEmpty)
    }

    @Test("the same input gives the same bytes, and a CRC moves nothing")
    func repeatable() throws {
        let entries = Self.sets[3]
        let crc32s = entries.map { CRC32.of($0.bytes) }
        let (one, two) = (try ZipLayout(entries, alignment: 4096), try ZipLayout(entries, alignment: 4096))
        let whole = 0..<one.archiveSize
        let parts = Array(ZipImage(one, crc32s: crc32s).parts(of: whole))
        #expect(parts == Array(ZipImage(two, crc32s: crc32s).parts(of: whole)))
        let other = Array(ZipImage(one, crc32s: crc32s.map { ~$0 }).parts(of: whole))
        #expect(parts.map(\.count) == other.map(\.count))
    }
}
