/// One frame's answer to: what is to be seen at this pixel?
///
/// A class, for as a value it would be copied for every block.
final class FaceMap {
    let geometry: FaceGeometry
    let mouth: MouthWarp
    let innerMouth: InnerMouth
    let eyelids: Eyelids
    /// Nil where the head keeps still: life off, and videos, whose heads move by themselves.
    let head: HeadMotion?
    let blink: Float
    let brows: Float

    init(
        geometry: FaceGeometry, mouth: MouthWarp, innerMouth: InnerMouth, eyelids: Eyelids, head: HeadMotion?,
        blink: Float, brows: Float
    ) {
        (self.geometry, self.mouth, self.innerMouth) = (geometry, mouth, innerMouth)
        (self.eyelids, self.head, self.blink, self.brows) = (eyelids, head, blink, brows)
    }

    /// A pixel that differs from the source's.
    struct Change {
        /// Where in the source it is taken from, pixels.
        var source: SIMD2<Float>
        /// Where in the source its own teeth are taken from, pixels.
        var teethSource: SIMD2<Float>
        var mouth: InnerMouth.Paint?
        var lid: Eyelids.Paint?
        /// Where the lid's skin is taken from, pixels.
        var lidSource: SIMD2<Float>
    }

    /// Eyes or brows move.
    var eyesMove: Bool { blink > 0 || brows > 0.003 }

    /// Nil where nothing changes. `headMove` is `headOffset` at the pixel, or what it is between places near by.
    @inline(__always)
    func change(at pixel: SIMD2<Float>, headMove: SIMD2<Float>) -> Change? {
        let head = pixel + headMove
        let place = geometry.frame.face(head)
        var source = place
        var change = Change(source: .zero, teethSource: .zero, mouth: nil, lid: nil, lidSource: .zero)
        var touched = headMove != .zero
        if place.y >= geometry.noseBase - MouthWarp.cheekRise, let mouthPlace = mouth.place(place.x, place.y) {
            source = mouthPlace.source
            if let paint = innerMouth.paint(place.x, place.y, mouthPlace) {
                change.mouth = paint
                if paint.ownTeeth > 0 { change.teethSource = geometry.frame.pixel(paint.teethSource) }
            }
            touched = true
        }
        if eyesMove, place.y < geometry.noseBase - 0.2 {
            addEyes(place, &source, &change)
            touched = true
        }
        guard touched else { return nil }
        change.source = geometry.frame.pixel(source)
        return change
    }

    @inline(__always)
    private func addEyes(_ place: SIMD2<Float>, _ source: inout SIMD2<Float>, _ change: inout Change) {
        if brows > 0 { source.y += eyelids.browMove(place.x, place.y, raise: brows) }
        guard blink > 0.001, eyelids.canBlink else { return }
        var fold: Float = 0
        if let lid = eyelids.paint(place.x, place.y, blink: blink, fold: &fold) {
            change.lid = lid
            change.lidSource = geometry.frame.pixel(lid.source)
        }
        source.y -= fold
    }

    /// Where the head has moved from, in pixels relative to the pixel.
    @inline(__always)
    func headOffset(at pixel: SIMD2<Float>) -> SIMD2<Float> {
        guard let head, let place = head.place(geometry.frame.face(pixel), pixel: pixel) else { return .zero }
        return geometry.frame.pixel(place) - pixel
    }

    /// From how far away the source of a pixel comes, where nothing is painted.
    func sourceOffset(at pixel: SIMD2<Float>, headMove: SIMD2<Float>) -> SIMD2<Float> {
        guard let change = change(at: pixel, headMove: headMove) else { return .zero }
        return change.source - pixel
    }

    /// The map of a square of pixels is smooth enough to be known at its corners: no opening and no lids in it, and the
    /// face large against it.
    ///
    /// - Parameters:
    ///   - centre: its middle, pixels.
    ///   - headMove: `headOffset` near by.
    func isSmooth(around centre: SIMD2<Float>, size: Float, headMove: SIMD2<Float>, _ kind: FaceRegion.Kind) -> Bool {
        // 8 pixels of 60 bend by half a pixel between them at the steepest places
        guard geometry.frame.scale > 60 else { return false }
        let middle = geometry.frame.face(centre + headMove)
        // half a diagonal, the soft edge of what is painted, and a pixel
        let margin = (0.71 * size + 2) / geometry.frame.scale
        guard blink <= 0.001 || !eyelids.reach(middle, margin: margin) else { return false }
        guard kind == .mouth else { return true }
        let across = abs(middle.x - geometry.mouthCentre)
        // in a head that keeps still nothing may change beyond the mouth's borders, which a block's corners would smear
        if head == nil {
            guard mouth.reaches(across, middle.y, margin: margin) else { return true }
            guard mouth.reaches(across, middle.y, margin: -margin) else { return false }
        }
        if across > 1.1 * geometry.mouthHalfWidth + margin { return true }
        // of small faces the lips' outer edges bend it too
        let breaks = geometry.frame.scale > 100 ? opening(around: middle.x, reach: margin) : nil
        let (top, bottom) = breaks ?? (mouth.field.lipTop, mouth.field.lipBottom)
        return middle.y < top - margin || middle.y > bottom + margin
    }

    /// Between which heights the lips part within some columns.
    private func opening(around u: Float, reach: Float) -> (top: Float, bottom: Float) {
        // the mouth gets wider or narrower by as much as this
        let (near, far) = (min(1, 1 / mouth.field.width), max(1, 1 / mouth.field.width))
        let (left, right) = (u - geometry.mouthCentre - reach, u - geometry.mouthCentre + reach)
        let first = ColumnGrid.index(min(left * near, left * far) / geometry.mouthHalfWidth)
        let last = ColumnGrid.index(max(right * near, right * far) / geometry.mouthHalfWidth) + 1
        var (top, bottom) = (Float.infinity, -Float.infinity)
        for index in first...min(last, ColumnGrid.count - 1) {
            top = min(top, mouth.field.columns[index].moved[0])
            bottom = max(bottom, mouth.field.columns[index].moved[1])
        }
        return (top, bottom)
    }
}
