import CFFmpeg

/// How a stored picture has to be turned and mirrored to be shown: one of the eight ways a camera writes.
struct Orientation: Hashable, Sendable {
    /// FFmpeg's filters, each followed by a comma; empty when nothing has to be done.
    let filters: String
    let swapsSides: Bool

    static let upright = Orientation(filters: "", swapsSides: false)

    /// From a display matrix of 9 numbers: (x, y) goes to (m0 x + m3 y, m1 x + m4 y). Other angles than quarter turns
    /// are taken as the nearest.
    init(matrix: UnsafePointer<Int32>?) {
        guard let matrix else {
            self = .upright
            return
        }
        let (a, b, c, d) = (Int64(matrix[0]), Int64(matrix[1]), Int64(matrix[3]), Int64(matrix[4]))
        guard abs(b) > abs(a) else {
            self.init(filters: (a < 0 ? "hflip," : "") + (d < 0 ? "vflip," : ""), swapsSides: false)
            return
        }
        let direction =
            switch (b > 0, c > 0) {
            case (true, false): "clock"
            case (false, true): "cclock"
            case (true, true): "cclock_flip"
            case (false, false): "clock_flip"
            }
        self.init(filters: "transpose=\(direction),", swapsSides: true)
    }

    init(stream: UnsafePointer<AVStream>) {
        var count = 0
        let bytes = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &count)
        self.init(bytes: bytes, count: count)
    }

    init(filters: String, swapsSides: Bool) {
        self.filters = filters
        self.swapsSides = swapsSides
    }

    private init(bytes: UnsafePointer<UInt8>?, count: Int) {
        guard let bytes, count >= 9 * MemoryLayout<Int32>.size else {
            self = .upright
            return
        }
        self = bytes.withMemoryRebound(to: Int32.self, capacity: 9) { Orientation(matrix: $0) }
    }
}
