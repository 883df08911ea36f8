/// Where the person is whose head moves, as a model sees it: a coarse grid over a square of the picture.
package struct PersonMask: Sendable {
    /// 0 background ... 1 person.
    package private(set) var cover: Grid
    /// From continuous positions in the grid to those in the picture.
    package let placement: Similarity

    package init(cover: Grid, placement: Similarity) {
        (self.cover, self.placement) = (cover, placement)
    }

    /// At a continuous position in the picture; what lies outside the square is as its border is.
    package func cover(at position: SIMD2<Float>, _ inverse: Similarity) -> Float {
        let place = inverse(position)
        return cover.sample(place.x - 0.5, place.y - 0.5)
    }

    /// Without other people and without holes: what hangs together around the face.
    ///
    /// - Parameter places: of the face, in the picture.
    /// - Returns: nil when one of them isn't taken for a person, so that nothing can be told.
    package func whole(around places: [SIMD2<Float>]) -> PersonMask? {
        let seeds = places.compactMap { cell(at: $0) }
        guard seeds.count == places.count, seeds.allSatisfy({ cover.values[$0] > 0.5 }) else { return nil }
        // the soft border of a person goes with it
        let person = flood(seeds) { $0 > 0.1 }
        var alone = PersonMask(cover: cover, placement: placement)
        for (index, isPerson) in person.enumerated() where !isPerson { alone.cover.values[index] = 0 }
        let border = alone.border.filter { alone.cover.values[$0] < 0.9 }
        let around = alone.flood(border) { $0 < 0.9 }
        for (index, isAround) in around.enumerated() where !isAround { alone.cover.values[index] = 1 }
        return alone
    }

    private var border: [Int] {
        cover.values.indices.filter { index in
            let (x, y) = (index % cover.width, index / cover.width)
            return x == 0 || y == 0 || x == cover.width - 1 || y == cover.height - 1
        }
    }

    private func cell(at position: SIMD2<Float>) -> Int? {
        let place = placement.inverse(position)
        guard place.x >= 0, place.y >= 0, place.x < Float(cover.width), place.y < Float(cover.height) else {
            return nil
        }
        return Int(place.y) * cover.width + Int(place.x)
    }

    /// The cells that are reached from some over neighbours that fit.
    private func flood(_ seeds: [Int], through fits: (Float) -> Bool) -> [Bool] {
        var reached = [Bool](repeating: false, count: cover.values.count)
        var open = seeds
        for seed in seeds { reached[seed] = true }
        while let index = open.popLast() {
            let x = index % cover.width
            let neighbours = [
                x > 0 ? index - 1 : -1, x + 1 < cover.width ? index + 1 : -1, index - cover.width, index + cover.width,
            ]
            for next in neighbours where reached.indices.contains(next) && !reached[next] && fits(cover.values[next]) {
                reached[next] = true
                open.append(next)
            }
        }
        return reached
    }
}
