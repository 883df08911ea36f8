import CFFmpeg

/// High dynamic range, by either of its two curves: what phones (HLG) and films (PQ) record.
struct HighRange {
    /// Names of curve, matrix and primaries as zimg knows them; what the picture says itself is left to it.
    private let input: String

    /// Nil where the picture is not of high range.
    init?(_ frame: AVFrame) {
        guard [AVCOL_TRC_SMPTE2084, AVCOL_TRC_ARIB_STD_B67].contains(frame.color_trc) else { return nil }
        var input = ""
        if frame.colorspace == AVCOL_SPC_UNSPECIFIED { input += ":matrixin=2020_ncl" }
        if frame.color_primaries == AVCOL_PRI_UNSPECIFIED { input += ":primariesin=2020" }
        if frame.color_range == AVCOL_RANGE_UNSPECIFIED { input += ":rangein=limited" }
        self.input = input
    }

    /// The last links of a chain: scaled, in linear light, tone-mapped, as 8-bit BT.709 in limited range, 4:2:0.
    ///
    /// White paper has 203 nits (ITU-R BT.2408) and becomes white but for what brighter lights need: up to 80 % nothing
    /// is changed, so that skin keeps its colours.
    func toYUV(_ size: PictureSize) -> String {
        "zscale=w=\(size.width):h=\(size.height):filter=lanczos:transfer=linear:npl=203\(input),format=gbrpf32le,"
            + "zscale=primaries=709,tonemap=tonemap=mobius:param=0.8:desat=0,"
            + "zscale=transfer=iec61966-2-1:matrix=709:range=limited,format=yuv420p"
    }
}
