import Foundation
import Pack
import Testing

@Suite struct PartCutTests {
    /// One thing after the other, as a person would fill boxes.
    private static func plain(_ sizes: [Int], limit: Int) -> [Range<Int>] {
        var (ranges, start, sum) = ([Range<Int>](), 0, 0)
        for (index, size) in sizes.enumerated() {
            if index > start && sum + size > limit {
                ranges.append(start..<index)
                (start, sum) = (index, 0)
            }
            sum += size
        }
        return ranges + [start..<sizes.count]
    }

    @Test("each part takes all that fits before the next begins, and what fits nowhere is alone", arguments: 1...50)
    func random(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let limit = Int.random(in: 1...200, using: &random)
        let sizes = (0..<Int.random(in: 1...300, using: &random)).map { _ in
            Int.random(in: 0...(Bool.random(using: &random) ? 5 : 250), using: &random)
        }
        let ranges = PartCut.ranges(sizes.count) { sizes[$0].reduce(0, +) <= limit }
        #expect(ranges == Self.plain(sizes, limit: limit))
    }

    @Test("nothing is one empty part")
    func nothing() {
        #expect(PartCut.ranges(0) { _ in true } == [0..<0])
    }

    @Test("a million things are not looked at again and again", arguments: [1, 7, 1000, 2_000_000])
    func effort(limit: Int) {
        var seen = 0
        _ = PartCut.ranges(1_000_000) { range in
            seen += range.count
            return range.count <= limit
        }
        #expect(seen < 1_000_000 * 25)
    }

    @Test(
        "the size that is told before the layout is made is that of the layout", arguments: [UInt16(1), 4096], 1...20)
    func sizes(alignment: UInt16, seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var members = ZipMembers()
        for number in 0..<Int.random(in: 0...30, using: &random) {
            let size = UInt64.random(in: 0...(Bool.random(using: &random) ? 9000 : 5 << 30), using: &random)
            members.append(name: "\(number)é.mp4", size: size, modified: packedTime)
        }
        let layout = try ZipLayout(members, alignment: alignment, timeZone: .plusOne)
        #expect(ZipLayout.archiveSize(of: members, alignment: alignment) == layout.archiveSize)
    }
}
