/// A still taken apart: a person, and the background behind, so that a head may move before a background that doesn't.
///
/// Where nothing has moved their sum is the still: `person` holds the person's share of each sample, and `cover` how much
/// of the backdrop it hides.
struct PersonLayers {
    let person: YUVPicture
    /// The still, with the background carried on behind the person in those blocks that may show it.
    let backdrop: YUVPicture
    /// 0 background ... 255 person; for chroma in `u`.
    let cover: YUVPicture

    /// - Parameters:
    ///   - region: loses the blocks that the person never gets to.
    ///   - reach: how far a place may move, pixels.
    init(still: YUVPicture, mask: PersonMask, frame: FaceFrame, region: inout FaceRegion, reach: Float) {
        let matte = PersonMatte(still: still, mask: mask, frame: frame)
        person = still.copied()
        backdrop = still.copied()
        cover = matte.cover(of: still)
        region.cutOut(cover, reach: reach)
        let fill = BackdropFill(matte: matte)
        let (columns, rows) = matte.pixels(of: still)
        for y in rows {
            for x in columns {
                takeLumaApart(x, y, matte, fill, isShown: { region.showsBackdrop(atX: x, y: y) })
            }
        }
        for y in rows.lowerBound / 2..<rows.upperBound / 2 {
            for x in columns.lowerBound / 2..<columns.upperBound / 2 {
                takeChromaApart(x, y, matte, fill, isShown: { region.showsBackdrop(atX: 2 * x, y: 2 * y) })
            }
        }
    }

    @inline(__always)
    private func takeLumaApart(_ x: Int, _ y: Int, _ matte: PersonMatte, _ fill: BackdropFill, isShown: () -> Bool) {
        let offset = y * cover.lumaStride + x
        let share = cover.y[offset]
        if share == 0 {
            person.y[offset] = 0
            return
        }
        let isShown = isShown()
        guard share < 255 || isShown else { return }
        let place = matte.place(SIMD2(Float(x), Float(y)))
        let behind = Self.takeApart(&person.y[offset], share, fill.luma.sample(place.x, place.y))
        if isShown { backdrop.y[offset] = behind }
    }

    @inline(__always)
    private func takeChromaApart(_ x: Int, _ y: Int, _ matte: PersonMatte, _ fill: BackdropFill, isShown: () -> Bool) {
        let offset = y * cover.chromaStride + x
        let share = cover.u[offset]
        if share == 0 {
            (person.u[offset], person.v[offset]) = (0, 0)
            return
        }
        let isShown = isShown()
        guard share < 255 || isShown else { return }
        let place = matte.place(SIMD2(Float(2 * x) + 0.5, Float(2 * y) + 0.5))
        let u = Self.takeApart(&person.u[offset], share, fill.u.sample(place.x, place.y))
        let v = Self.takeApart(&person.v[offset], share, fill.v.sample(place.x, place.y))
        if isShown { (backdrop.u[offset], backdrop.v[offset]) = (u, v) }
    }

    /// Leaves a sample only what is the person's.
    ///
    /// - Returns: what lies behind, which is the sample itself where there is no person.
    @inline(__always)
    private static func takeApart(_ person: inout UInt8, _ cover: UInt8, _ fill: Float) -> UInt8 {
        let (sample, share) = (Float(person), Float(cover) / 255)
        // a tenth of a person may hide a hair
        let behind = mix(sample, fill, min(1, 10 * share))
        person = UInt8(clamp(sample - (1 - share) * behind + 0.5, 0, 255))
        return UInt8(clamp(behind + 0.5, 0, 255))
    }
}

extension PersonMatte {
    /// Where the pixels of a picture lie that the matte tells about; even numbers.
    fileprivate func pixels(of picture: YUVPicture) -> (columns: Range<Int>, rows: Range<Int>) {
        let first = origin &* reduction
        return (
            first.x..<min(picture.width, first.x + width * reduction),
            first.y..<min(picture.height, first.y + height * reduction)
        )
    }

    /// 0 background ... 255 person, for each sample; chroma in `u`. All that the matte doesn't tell about is person.
    fileprivate func cover(of still: YUVPicture) -> YUVPicture {
        let cover = YUVPicture(width: still.width, height: still.height)
        cover.y.update(repeating: 255, count: cover.lumaStride * cover.height)
        cover.u.update(repeating: 255, count: cover.chromaStride * cover.chromaHeight)
        cover.v.update(repeating: 255, count: cover.chromaStride * cover.chromaHeight)
        let (columns, rows) = pixels(of: still)
        for y in rows {
            for cell in 0..<self.width { fill(cover.y + y * cover.lumaStride, y, columns, cell, still) }
        }
        for y in rows.lowerBound / 2..<rows.upperBound / 2 {
            for x in columns.lowerBound / 2..<columns.upperBound / 2 {
                let four = cover.y + 2 * y * cover.lumaStride + 2 * x
                let sum = Int(four[0]) + Int(four[1]) + Int(four[cover.lumaStride]) + Int(four[cover.lumaStride + 1])
                cover.u[y * cover.chromaStride + x] = UInt8((sum + 2) / 4)
            }
        }
        return cover
    }

    /// The luma's covers of one row of a cell's pixels.
    @inline(__always)
    private func fill(
        _ covers: UnsafeMutablePointer<UInt8>, _ y: Int, _ columns: Range<Int>, _ cell: Int, _ still: YUVPicture
    ) {
        let first = columns.lowerBound + cell * reduction
        let pixels = first..<min(columns.upperBound, first + reduction)
        if let cover = cover(ofCell: cell, y / reduction - origin.y) {
            for x in pixels { covers[x] = cover < 0.5 ? 0 : 255 }
            return
        }
        let samples = still.y + y * still.lumaStride
        for x in pixels {
            let cover = cover(at: place(SIMD2(Float(x), Float(y))), luma: Float(samples[x]))
            covers[x] = UInt8(cover * 255 + 0.5)
        }
    }
}

extension YUVPicture {
    fileprivate func copied() -> YUVPicture {
        let copy = YUVPicture(width: width, height: height)
        copy.copy(from: self)
        return copy
    }
}
