import CFFmpeg

/// How a stored picture has to be turned and mirrored to be shown: one of the eight ways a camera writes.
struct Orientation: Hashable, Sendable {
    /// Rows become columns. Done last: the mirrors are those of the stored picture.
    let swapsSides: Bool
    /// What was left is right.
    let mirrorsColumns: Bool
    /// What was above is below.
    let mirrorsRows: Bool

    static let upright = Orientation(swapsSides: false, mirrorsColumns: false, mirrorsRows: false)

    /// FFmpeg's filters, each followed by a comma; empty when nothing has to be done.
    var filters: String {
        guard swapsSides else { return (mirrorsColumns ? "hflip," : "") + (mirrorsRows ? "vflip," : "") }
        let direction =
            switch (mirrorsColumns, mirrorsRows) {
            case (false, true): "clock"
            case (true, false): "cclock"
            case (false, false): "cclock_flip"
            case (true, true): "clock_flip"
            }
        return "transpose=\(direction),"
    }

    /// From a display matrix of 9 numbers: (x, y) goes to (m0 x + m3 y, m1 x + m4 y). Other angles than quarter turns
    /// are taken as the nearest.
    init(matrix: UnsafePointer<Int32>?) {
        guard let matrix else {
            self = .upright
            return
        }
        let (a, b, c, d) = (Int64(matrix[0]), Int64(matrix[1]), Int64(matrix[3]), Int64(matrix[4]))
        guard abs(b) > abs(a) else {
            self.init(swapsSides: false, mirrorsColumns: a < 0, mirrorsRows: d < 0)
            return
        }
        self.init(swapsSides: true, mirrorsColumns: b <= 0, mirrorsRows: c <= 0)
    }

    init(stream: UnsafePointer<AVStream>) {
        var count = 0
        let bytes = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &count)
        self.init(bytes: bytes, count: count)
    }

    init(swapsSides: Bool, mirrorsColumns: Bool, mirrorsRows: Bool) {
        self.swapsSides = swapsSides
        self.mirrorsColumns = mirrorsColumns
        self.mirrorsRows = mirrorsRows
    }

    private init(bytes: UnsafePointer<UInt8>?, count: Int) {
        guard let bytes, count >= 9 * MemoryLayout<Int32>.size else {
            self = .upright
            return
        }
        self = bytes.withMemoryRebound(to: Int32.self, capacity: 9) { Orientation(matrix: $0) }
    }
}
