/// The colours that a face's own parts give for what is painted: cavity, teeth, tongue and lids.
struct Complexion: Sendable {
    let skin: Colour
    let lip: Colour
    let cavity: Colour
    /// Lips and teeth in shadow.
    let shade: Colour
    let teeth: Colour
    let tongue: Colour

    init(geometry: FaceGeometry, picture: YUVPicture) {
        let probe = PictureProbe(picture: picture, frame: geometry.frame)
        let (centre, nose) = (geometry.mouthCentre, geometry.noseBase)
        let left = probe.median(u: centre - 0.75...centre - 0.5, v: nose - 0.25...nose)
        let right = probe.median(u: centre + 0.5...centre + 0.75, v: nose - 0.25...nose)
        skin = (left + right) / 2
        let middle = ColumnGrid.count / 2
        let (inner, outer) = (geometry.lowerInner[middle], geometry.lowerOuter[middle])
        lip = probe.median(
            u: centre - 0.15...centre + 0.15, v: mix(inner, outer, 0.3)...mix(inner, outer, 0.8))
        // pale lips would make a grey cavity
        let lipLuma = min(lip.x, 0.9 * skin.x)
        // grey pictures stay grey
        let tint = ramp(2, 8, skin.chromaDistance(to: Colour(0, 128, 128, 0)))
        // brighter than this and the hole looks like a flat maroon patch
        cavity = Colour(clamp(16 + 0.075 * (lipLuma - 16), 17, 30), 0, 0, 0).with(
            chroma: lip, 0.30, 0.35, tint: (-1 * tint, 4 * tint))
        shade = Colour(16 + 0.30 * (lipLuma - 16), lip.y, lip.z, 0)
        // as light as the skin in light skin, lighter in dark
        teeth = Colour(clamp(0.80 * skin.x + 42, 60, 205), 0, 0, 0).with(chroma: skin, 0.42, 0.36, tint: (-1 * tint, 0))
        tongue = Colour(clamp(16 + 0.66 * (lipLuma - 16), 28, 120), 0, 0, 0).with(
            chroma: lip, 0.65, 0.85, tint: (0, 5 * tint))
    }
}

extension Colour {
    /// The same luma with a share of another colour's chroma, a little tinted.
    fileprivate func with(chroma: Colour, _ uShare: Float, _ vShare: Float, tint: (u: Float, v: Float)) -> Colour {
        Colour(x, 128 + (chroma.y - 128) * uShare + tint.u, 128 + (chroma.z - 128) * vShare + tint.v, 0)
    }
}
