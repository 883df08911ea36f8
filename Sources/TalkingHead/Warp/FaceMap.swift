/// One frame's answer to: what is to be seen at this pixel?
struct FaceMap {
    let geometry: FaceGeometry
    let mouth: MouthWarp
    let innerMouth: InnerMouth
    let eyelids: Eyelids
    /// Nil where the head keeps still: life off, and videos, whose heads move by themselves.
    let head: HeadMotion?
    let blink: Float
    let brows: Float

    /// A pixel that differs from the source's.
    struct Change {
        /// Where in the source it is taken from, pixels.
        var source: SIMD2<Float>
        /// The same place of the unmoved head, pixels.
        var head: SIMD2<Float>
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
        var change = Change(source: .zero, head: head, mouth: nil, lid: nil, lidSource: .zero)
        var touched = headMove != .zero
        if place.y >= geometry.noseBase - MouthWarp.cheekRise, let mouthPlace = mouth.place(place.x, place.y) {
            source = mouthPlace.source
            change.mouth = innerMouth.paint(place.x, place.y, mouthPlace)
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
    func sourceOffset(at pixel: SIMD2<Float>) -> SIMD2<Float> {
        guard let change = change(at: pixel, headMove: headOffset(at: pixel)) else { return .zero }
        return change.source - pixel
    }

    /// The map of a rectangle of pixels is smooth enough to be known at its corners: no lips and no lids in it, and the
    /// face large against a block.
    func isSmooth(from topLeft: SIMD2<Float>, size: Float, _ kind: FaceRegion.Kind) -> Bool {
        // 8 pixels of 60 bend by half a pixel between them at the steepest places
        guard geometry.frame.scale > 60 else { return false }
        let lidsRest = blink <= 0.001 || !eyelids.canBlink
        guard kind == .mouth else { return lidsRest }
        let middle = geometry.frame.face(topLeft + size / 2)
        // under the eyes both meet
        guard lidsRest || middle.y > geometry.noseBase else { return false }
        // the head's own moves, half a block's diagonal, and a pixel
        let margin = 0.09 + (0.71 * size + 1) / geometry.frame.scale
        let across = abs(middle.x - geometry.mouthCentre)
        // in a head that keeps still nothing may change beyond the mouth's borders, which a block's corners would smear
        let isWithin =
            middle.y > geometry.noseBase + margin && middle.y < geometry.bottom - margin
            && across < ColumnGrid.reach * geometry.mouthHalfWidth - margin
        guard head != nil || isWithin else { return false }
        return across > 1.1 * geometry.mouthHalfWidth + margin || middle.y < mouth.field.lipTop - margin
            || middle.y > mouth.field.lipBottom + margin
    }
}
