import CPixels
import TalkingHead
import Testing

/// The pixel loops in C.
@Suite struct WarpPixelsTests {
    private static let size = 96

    /// Noise from a seed, or a plain surface; with room behind its end.
    private final class Plane {
        let samples: UnsafeMutablePointer<UInt8>
        var plane: hgw_plane {
            let size = Int32(WarpPixelsTests.size)
            return hgw_plane(samples: samples, stride: WarpPixelsTests.size, width: size, height: size)
        }

        init(seed: UInt64? = nil, level: UInt8 = 0) {
            var random = SeededRandom(seed: seed ?? 0)
            let count = WarpPixelsTests.size * WarpPixelsTests.size + 64
            samples = .allocate(capacity: count)
            for index in 0..<count { samples[index] = seed == nil ? level : UInt8(random.unit() * 256) }
        }

        deinit { samples.deallocate() }
    }

    private static func corners(_ moves: [Float]) -> hgw_corners {
        hgw_corners(
            left_top_x: moves[0], left_top_y: moves[1], right_top_x: moves[2], right_top_y: moves[3],
            left_bottom_x: moves[4], left_bottom_y: moves[5], right_bottom_x: moves[6], right_bottom_y: moves[7])
    }

    private static func luma(_ plane: Plane, x: Int, y: Int, _ corners: hgw_corners, plainly: Bool = false) -> [UInt8] {
        var (source, corners, block) = (plane.plane, corners, [UInt8](repeating: 0, count: 64))
        hgw_warp_luma(&source, &block, 8, Int32(x), Int32(y), 8, 8, &corners, plainly ? 1 : 0)
        return block
    }

    private static func chroma(
        _ u: Plane, _ v: Plane, x: Int, y: Int, _ corners: hgw_corners, plainly: Bool = false
    ) -> [UInt8] {
        var (first, second, corners) = (u.plane, v.plane, corners)
        var (a, b) = ([UInt8](repeating: 0, count: 16), [UInt8](repeating: 0, count: 16))
        hgw_warp_chroma(&first, &second, &a, &b, 4, Int32(x), Int32(y), 4, 4, &corners, plainly ? 1 : 0)
        return a + b
    }

    @Test("a row of half the size is the rounded means of four samples each", arguments: [1, 31, 32, 33, 48])
    func halves(count: Int) {
        let plane = Plane(seed: 3)
        let (rows, below) = (plane.samples, plane.samples + Self.size)
        var half = [UInt8](repeating: 0, count: count)
        hgw_halve_row(rows, below, &half, Int32(count))
        let means = (0..<count).map { index in
            [rows[2 * index], rows[2 * index + 1], below[2 * index], below[2 * index + 1]].reduce(2) { $0 + Int($1) }
                / 4
        }
        withExtendedLifetime(plane) { #expect(half.map(Int.init) == means) }
    }

    @Test("vectors and plain C draw the same samples", arguments: [0.4, 3, 12, 60] as [Float])
    func vectors(reach: Float) {
        let (first, second) = (Plane(seed: 1), Plane(seed: 2))
        var random = SeededRandom(seed: UInt64(reach * 10))
        for _ in 0..<2000 {
            let shift = 4 * random.unit()
            let corners = Self.corners((0..<8).map { _ in shift + reach * (random.unit() - 0.5) })
            let (x, y) = (Int(random.unit() * 12) * 8, Int(random.unit() * 12) * 8)
            #expect(Self.luma(first, x: x, y: y, corners) == Self.luma(first, x: x, y: y, corners, plainly: true))
            let plain = Self.chroma(first, second, x: x / 2, y: y / 2, corners, plainly: true)
            #expect(Self.chroma(first, second, x: x / 2, y: y / 2, corners) == plain)
        }
    }

    @Test("a plain surface stays as it is wherever it is taken from", arguments: [0, 16, 128, 235, 255] as [UInt8])
    func plainSurface(level: UInt8) {
        let plane = Plane(level: level)
        var random = SeededRandom(seed: 3)
        for _ in 0..<500 {
            let corners = Self.corners((0..<8).map { _ in 6 * (random.unit() - 0.5) })
            #expect(Self.luma(plane, x: 40, y: 40, corners).allSatisfy { $0 == level })
            #expect(Self.chroma(plane, plane, x: 40, y: 40, corners).allSatisfy { $0 == level })
        }
    }

    @Test("a move by whole pixels takes the source's samples, and beyond its border those of the border")
    func wholePixels() {
        let plane = Plane(seed: 4)
        for (x, y, right, down) in [(16, 24, 5, -3), (0, 0, -20, -20), (88, 88, 30, 4)] {
            let block = Self.luma(
                plane, x: x, y: y,
                Self.corners(
                    [Float](
                        (0..<4).flatMap { _ in [Float(right), Float(down)] })))
            for index in 0..<64 {
                let column = min(max(x + index % 8 + right, 0), Self.size - 1)
                let row = min(max(y + index / 8 + down, 0), Self.size - 1)
                // a weight of 1 does not fit into the vectors' bytes: 1/128 goes to the neighbour
                #expect(abs(Int(block[index]) - Int(plane.samples[row * Self.size + column])) <= 2)
            }
        }
    }

    @Test("what is behind shows as far as it is not covered, and never brighter than white", arguments: [4, 8])
    func behind(columns: Int) {
        var random = SeededRandom(seed: UInt64(columns))
        func noise() -> [UInt8] { (0..<64).map { _ in UInt8(random.unit() * 256) } }
        for _ in 0..<200 {
            let (behind, before) = (noise(), noise())
            let cover = noise().enumerated().map { $0 % 7 == 0 ? 255 : $0 % 5 == 0 ? 0 : $1 }
            var target = before
            hgw_add_behind(&target, 8, behind, 8, cover, 8, Int32(columns), 8)
            #expect(
                target
                    == before.indices.map { index in
                        guard index % 8 < columns else { return before[index] }
                        let share = (Int(behind[index]) * (255 - Int(cover[index])) + 127) / 255
                        return UInt8(min(255, Int(before[index]) + share))
                    })
        }
    }

    @Test("a crop's colours are those between the picture's samples, beyond its border grey or the border's")
    func crop() {
        let (luma, u, v) = (Plane(seed: 1), Plane(seed: 2), Plane(seed: 3))
        var (fine, coarse) = (luma.plane, hgw_plane(samples: u.samples, stride: Self.size, width: 48, height: 48))
        func between(_ plane: Plane, _ x: Float, _ y: Float, _ size: Int) -> Float {
            let (x, y) = (min(max(x, 0), Float(size - 1)), min(max(y, 0), Float(size - 1)))
            let (fx, fy) = (x - x.rounded(.down), y - y.rounded(.down))
            func at(_ right: Int, _ below: Int) -> Float {
                Float(plane.samples[min(Int(y) + below, size - 1) * Self.size + min(Int(x) + right, size - 1)])
            }
            return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy
        }
        for isGrey in [false, true] {
            var colours = hgw_range(low: -1, gain: 2, is_grey_outside: isGrey ? 1 : 0)
            var line = hgw_line(x: -7.3, y: 99.1, step_x: 1.1, step_y: -0.93)
            var row = [Float](repeating: 9, count: 3 * 101)
            hgw_crop_row(&fine, u.samples, v.samples, &coarse, &line, &colours, &row, 100)
            for pixel in 0..<100 {
                let (x, y) = (-7.3 + 1.1 * Float(pixel), 99.1 - 0.93 * Float(pixel))
                let isOutside = isGrey && (x < 0 || y < 0 || x > 96 || y > 96)
                let light = 1.1644 * (between(luma, x - 0.5, y - 0.5, 96) - 16)
                let blue = between(u, x / 2 - 0.5, y / 2 - 0.5, 48) - 128
                let red = between(v, x / 2 - 0.5, y / 2 - 0.5, 48) - 128
                let rgb = [light + 1.7927 * red, light - 0.2132 * blue - 0.5329 * red, light + 2.1124 * blue]
                for part in 0..<3 {
                    let expected = isOutside ? 0 : 2 * min(max(rgb[part] / 255, 0), 1) - 1
                    #expect(abs(row[3 * pixel + part] - expected) < 2e-3, "pixel \(pixel), part \(part)")
                }
            }
            #expect(row.suffix(3) == [9, 9, 9])
        }
    }
}
